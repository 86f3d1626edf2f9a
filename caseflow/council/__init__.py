"""The coordination council of a region: who sits in it, its sessions, and what it decides and sees done."""
