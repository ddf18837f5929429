"""What a page needs before it is paper: fonts, pages, PDF, QR codes, signatures, kinds of files.

Plain Python, no Odoo and no database: records come in as plain values, and only text and bytes leave.
"""
