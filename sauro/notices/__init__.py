"""Notices (thông báo): what people are told, on the page and by e-mail, until it has arrived."""
