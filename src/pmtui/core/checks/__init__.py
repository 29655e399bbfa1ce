"""The review: rules that look for what is wrong in a postmortem, one file a family.

`registry.review` runs them; a rule only looks, and never changes the document.
"""
