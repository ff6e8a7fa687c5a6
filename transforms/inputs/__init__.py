"""What pages are delivered in: text, saved web pages, PDF, ALTO, records of other systems. Bytes in, page texts out."""
