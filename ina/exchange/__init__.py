"""Reading and writing files, one file per format. Knows rows and columns, not what follows from them."""
