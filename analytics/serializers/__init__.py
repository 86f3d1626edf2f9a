"""What the API shows and takes, and the drawing that the seat editor sends."""
