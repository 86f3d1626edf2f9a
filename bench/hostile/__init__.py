"""Files made to harm whoever opens them, through the product's own way of opening a video."""
