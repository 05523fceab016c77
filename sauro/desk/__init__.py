"""Desk (bàn làm việc): the officials' front door: queue, dossiers, counter, signing, lists."""
