"""BLAKE2 without the OpenSSL that `hashlib` loads for its other digests, at each start."""

try:
    from _blake2 import blake2b, blake2s
except ImportError:  # an interpreter that keeps them elsewhere
    from hashlib import blake2b, blake2s

__all__ = ["blake2b", "blake2s"]
