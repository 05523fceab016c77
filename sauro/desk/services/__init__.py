"""Journeys of the desk that cross modules; single decisions are commands of `onestop.services`."""
