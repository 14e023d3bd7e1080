"""Components, forms, pages' frame and words."""
