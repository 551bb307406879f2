"""The papers of a case itself: sheets to sign, intake sheet, hand-over, transfer."""
