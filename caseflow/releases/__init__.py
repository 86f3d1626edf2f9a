"""Figures of a region and a period, protected together with every other release, frozen, never changed (rule 22)."""
