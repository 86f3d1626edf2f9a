"""Signatures of national keys (ST RK GOST R 34.10-2015, the same as GOST R 34.10-2012 with 512 bits), verified."""
