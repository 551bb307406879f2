"""The indicators in the order of the report."""

from ina.evaluation.indicators import in_work_after_six_months

REPORT_ORDER = (in_work_after_six_months.DEFINITION,)
