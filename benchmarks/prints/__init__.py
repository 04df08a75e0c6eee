"""Reports that are true by construction, printed in as many ways as reports are.

True values come first, as exact fractions; every total, rate and score is derived from them; only
then are they printed by rounding, some hidden, and a report made of the prints. So every report can
be true, and an audit that calls something in it inconsistent raises a false alarm.
"""

from __future__ import annotations

from .alarms import Alarm, alarms
from .catalogue import SHAPES
from .spoil import Spoilt, spoilt
from .whole import Case, report

__all__ = ["SHAPES", "Alarm", "Case", "Spoilt", "alarms", "report", "spoilt"]
