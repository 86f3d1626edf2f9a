"""Reading a camera: this side speaks with it and trusts nothing it says; what it sends is decoded in a process that has
no network (docs/decisions/cameras-are-spoken-to-here.md)."""
