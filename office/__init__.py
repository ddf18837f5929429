"""Office files as tables: what an agency keeps in Excel, OpenDocument, Word, PDF, CSV or on the clipboard.

Plain Python, no Odoo. ``reader.read`` opens a file and returns its sheets; ``table.find_table`` finds the table
of a sheet under titles, merged headings and running numbers; ``values`` reads dates, numbers, periods and
decisions the way Vietnamese offices write them. Files are only read: no formula, macro, link or entity is followed.
"""
