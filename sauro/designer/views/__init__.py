"""The pages of the designer: showing, starting, drawing, publishing."""
