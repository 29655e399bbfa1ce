"""What differs between documents, and how the changes of two come together."""
