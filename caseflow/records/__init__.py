"""What every stored thing must declare; the encryption vault; files."""
