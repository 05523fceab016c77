"""Laws (văn bản pháp luật): articles by number and by words, as they stood on a day."""
