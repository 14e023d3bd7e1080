"""What leaves on paper: any page as a tagged PDF that says who took it out, when, and how it is to be handled."""
