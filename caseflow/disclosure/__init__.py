"""Disclosure control of everything that is released (rule 22). No Django inside.

rounding    one count: hidden if 1–7, otherwise the nearest multiple of five; shares and changes of published figures
cube        which figures add up to which, over kinds, places and periods
sight       what a reader knows of each count
tables      whole tables of integers that a reader must think possible
protection  which further counts are hidden so that no small one can be worked out
"""
