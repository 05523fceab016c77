"""Documents (văn bản, giấy tờ): files kept by their content, official papers as PDF, numbering."""
