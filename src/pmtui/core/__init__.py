"""The document and what can be said of it: pure, without files, clock or screen."""
