"""Days that a report names, resolved against its day of publication.

`find_times` returns every expression of time in order of the text, with the days it means if the act
is past and if it is ahead: "on Saturday" said on a Friday is yesterday week or tomorrow, as the verb has
it. The rules are those of the labelling decisions: a weekday equal to the day of publication means that
day; "overnight" is the day before to the day of publication; "last week" runs from Monday to Sunday;
"in March" is the whole month; "since X" runs to publication; "recent" is nothing. Without a day of
publication only dates with a year are resolved.
"""

from foedus.reading.dates.finding import Time, find_times

__all__ = ["Time", "find_times"]
