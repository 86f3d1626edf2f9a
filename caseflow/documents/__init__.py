"""PDF (Typst), XLSX and bilingual layouts."""
