"""Purposes, versioned texts, the ledger of consent events, the gate."""
