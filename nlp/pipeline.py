"""The stages in order; the one module that imports them all."""
