"""The rates of the budget of a region: 财预〔2013〕53号, annex 3.

Those that the annex has in common with departments, on the three public expenses, are in
``department``.
"""

from __future__ import annotations

from budgetperf.exact import Text
from budgetperf.exact.written.by_name import by_name

from .inputs import (
    Computed,
    Counted,
    Duration,
    Measured,
    Money,
    Ratio,
    amounts,
    counts,
    difference,
    durations,
    less_one,
    measures,
    over,
    product,
    ratio,
)

__all__ = [
    "air_quality_change_rate",
    "debt_rate",
    "energy_intensity_change_rate",
    "expenditure_balance_rate",
    "expenditure_completion_rate",
    "expenditure_multiplier",
    "fiscal_staff_control_rate",
    "funds_carry_over_change_rate",
    "funds_carry_over_rate",
    "green_space_change_rate",
    "life_expectancy_change_rate",
    "livelihood_share",
    "livelihood_share_change_rate",
    "non_tax_share",
    "non_tax_share_change_rate",
    "operating_funding_change_rate",
    "operating_funding_rate",
    "personnel_funding_rate",
    "revenue_completion_rate",
    "revenue_to_gdp",
    "rural_income_change_rate",
    "schooling_change_rate",
    "tax_share",
    "tax_share_change_rate",
    "temporary_balance_rate",
    "unemployment_change_rate",
    "urban_income_change_rate",
]

_THIS_YEAR, _LAST_YEAR = Text(zh="本年", en="this year"), Text(zh="上年", en="last year")


@by_name
def personnel_funding_rate(*, per_head: Money, standard: Money) -> Computed:
    """人员经费保障率 = 在职人均人员经费 / 在职人员经费标准.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        per_head: 在职人均人员经费, money in any unit: the year's budget for staff over the
            people in service who are paid by the treasury.
        standard: 在职人员经费标准, money in any unit: the local level per head, as approved
            by lawful policy.

    >>> personnel_funding_rate(per_head=Amount(90000), standard=Amount(100000)).percent(0)
    '90%'
    """
    return over(*amounts(per_head, standard))


@by_name
def operating_funding_rate(*, per_head: Money, standard: Money) -> Computed:
    """公用经费保障率 = 人均公用经费 / 人均公用经费标准.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        per_head: 人均公用经费, money in any unit: all operating funds over the people in
            service who are paid by the treasury.
        standard: 人均公用经费标准, money in any unit: the average per head of regions of the kind.

    >>> operating_funding_rate(per_head=Amount(18000), standard=Amount(20000)).percent(0)
    '90%'
    """
    return over(*amounts(per_head, standard))


@by_name
def operating_funding_change_rate(*, this_year: Money, last_year: Money) -> Computed:
    """人均公用经费变动率 = (本年度人均公用经费 - 上年度人均公用经费) / 上年度人均公用经费.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        this_year: 本年度人均公用经费, money in any unit.
        last_year: 上年度人均公用经费, money in any unit.

    >>> rate = operating_funding_change_rate(this_year=Amount(18000), last_year=Amount(15000))
    >>> rate.percent(0)
    '20%'
    """
    return less_one(over(*amounts(this_year, last_year)))


@by_name
def livelihood_share(*, livelihood: Money, expenditure: Money) -> Computed:
    """民生支出占比 = 民生支出数 / 当年公共财政预算支出数.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        livelihood: 民生支出数, money in any unit: by the statistical basis of the Ministry.
        expenditure: 当年公共财政预算支出数, money in any unit.

    >>> livelihood_share(livelihood=Amount(75), expenditure=Amount(100)).percent(0)
    '75%'
    """
    return over(*amounts(livelihood, expenditure))


@by_name
def livelihood_share_change_rate(*, this_year: Ratio, last_year: Ratio) -> Computed:
    """民生支出占比变动率 = (本年度民生支出占比 - 上年度民生支出占比) / 上年度民生支出占比.

    Source: 财预〔2013〕53号, annex 3 (text).

    Trap: one share over the other, not a difference in points: from 50% to 55% it is 10%.

    Args:
        this_year: 本年度民生支出占比, a rate.
        last_year: 上年度民生支出占比, a rate.

    >>> livelihood_share_change_rate(this_year=Rate("55%"), last_year=Rate("50%")).percent(0)
    '10%'
    """
    return less_one(over(ratio(this_year), ratio(last_year)))


@by_name
def fiscal_staff_control_rate(*, actual: Counted, standard: Counted) -> Computed:
    """财政供养人员控制率 = (实际在职财政供养人员数 - 标准在职财政供养人数) / 标准在职财政供养人数.

    Source: 财预〔2013〕53号, annex 3 (text).

    Trap: 在职人员控制率 of a department (:func:`staffing_control_rate`) is people over posts, where
    100 % is as authorised; here 0 or less is within the standard. The minus sign is lost in the
    print that was read.

    Args:
        actual: 实际在职财政供养人员数, people.
        standard: 标准在职财政供养人数, people.

    >>> fiscal_staff_control_rate(actual=Count(95), standard=Count(100)).percent(0)
    '-5%'
    """
    return less_one(over(*counts(actual, standard)))


@by_name
def debt_rate(*, debt: Money, resources: Money) -> Computed:
    """债务率 = 本年末本级政府性债务余额 / 本年本地综合财力.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        debt: 本年末本级政府性债务余额, money in any unit.
        resources: 本年本地综合财力, money in any unit: expenditure of the public budget, of
            government funds and of the state capital budget together.

    >>> debt_rate(debt=Amount(60), resources=Amount(80)).percent(0)
    '75%'
    """
    return over(*amounts(debt, resources))


@by_name
def revenue_completion_rate(*, actual: Money, budget: Money) -> Computed:
    """收入完成率 = 预算收入实际完成数 / 收入预算数.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        actual: 预算收入实际完成数, money in any unit.
        budget: 收入预算数, money in any unit: the year's public budget revenue as approved by the
            local government.

    >>> revenue_completion_rate(actual=Amount(102), budget=Amount(100)).percent(0)
    '102%'
    """
    return over(*amounts(actual, budget))


@by_name
def expenditure_completion_rate(*, completed: Money, budget: Money) -> Computed:
    """支出完成率 = 预算支出完成数 / 支出预算数.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        completed: 预算支出完成数, money in any unit.
        budget: 支出预算数, money in any unit: the year's public budget expenditure as approved by
            the local government.

    >>> expenditure_completion_rate(completed=Amount(96), budget=Amount(100)).percent(0)
    '96%'
    """
    return over(*amounts(completed, budget))


@by_name
def expenditure_balance_rate(*, paid: Money, budget: Money, planned: Ratio) -> Computed:
    """支出均衡率 = (某一时点支出预算执行数 / 本年度公共财政支出预算) / 支出进度标准.

    Source: 财预〔2013〕53号, annex 3 (text).

    Trap: it says nothing without its day; progress against planned progress, not against the
    budget.

    Args:
        paid: 某一时点支出预算执行数, money in any unit.
        budget: 本年度公共财政支出预算, money in any unit.
        planned: 支出进度标准, a rate: set from the calendar, the average of three years,
            or that of finance departments of the level.

    >>> rate = expenditure_balance_rate(paid=Amount(45), budget=Amount(100), planned=Rate("50%"))
    >>> rate.percent(0)
    '90%'
    """
    part, whole = amounts(paid, budget)
    return over(part, product(whole, ratio(planned)))


@by_name
def funds_carry_over_rate(*, carried_over: Money, budget: Money) -> Computed:
    """资金结转率 = 结转资金总额 / 公共财政支出预算.

    Source: 财预〔2013〕53号, annex 3 (text).

    Trap: 结转结余率 of a department (:func:`carry_over_rate`) counts 结转 and 结余 together; here
    结转 only.

    Args:
        carried_over: 结转资金总额, money in any unit.
        budget: 公共财政支出预算, money in any unit.

    >>> funds_carry_over_rate(carried_over=Amount(5), budget=Amount(100)).percent(0)
    '5%'
    """
    return over(*amounts(carried_over, budget))


@by_name
def funds_carry_over_change_rate(*, this_year: Money, last_year: Money) -> Computed:
    """资金结转变动率 = (本年度结转资金总额 - 上年度结转资金总额) / 上年度结转资金总额.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        this_year: 本年度结转资金总额, money in any unit.
        last_year: 上年度结转资金总额, money in any unit.

    >>> funds_carry_over_change_rate(this_year=Amount(4), last_year=Amount(5)).percent(0)
    '-20%'
    """
    return less_one(over(*amounts(this_year, last_year)))


@by_name
def temporary_balance_rate(*, balance: Money, budget: Money) -> Computed:
    """总预算暂存暂付率 = 总预算暂存款、暂付款期末余额 / 当年公共财政支出预算.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        balance: 总预算暂存款、暂付款期末余额, money in any unit.
        budget: 当年公共财政支出预算, money in any unit.

    >>> temporary_balance_rate(balance=Amount(8), budget=Amount(100)).percent(0)
    '8%'
    """
    return over(*amounts(balance, budget))


@by_name
def revenue_to_gdp(*, revenue: Money, gdp: Money) -> Computed:
    """财政总收入占GDP的比重 = 财政总收入 / 国内生产总值.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        revenue: 财政总收入, money in any unit: public revenue, government funds without land use,
            state capital and social security.
        gdp: 国内生产总值, money in any unit.

    >>> revenue_to_gdp(revenue=Amount(12), gdp=Amount(100)).percent(0)
    '12%'
    """
    return over(*amounts(revenue, gdp))


@by_name
def tax_share(*, tax: Money, revenue: Money) -> Computed:
    """税收收入占比 = 税收收入 / 公共财政预算收入.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        tax: 税收收入, money in any unit.
        revenue: 公共财政预算收入, money in any unit.

    >>> tax_share(tax=Amount(80), revenue=Amount(100)).percent(0)
    '80%'
    """
    return over(*amounts(tax, revenue))


@by_name
def tax_share_change_rate(*, this_year: Ratio, last_year: Ratio) -> Computed:
    """税收收入占比变动率 = (本年度税收收入占比 - 上年度税收收入占比) / 上年度税收收入占比.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        this_year: 本年度税收收入占比, a rate.
        last_year: 上年度税收收入占比, a rate.

    >>> tax_share_change_rate(this_year=Rate("72%"), last_year=Rate("80%")).percent(0)
    '-10%'
    """
    return less_one(over(ratio(this_year), ratio(last_year)))


@by_name
def non_tax_share(*, non_tax: Money, revenue: Money) -> Computed:
    """非税收入占比 = 非税收入 / 公共财政预算收入.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        non_tax: 非税收入, money in any unit.
        revenue: 公共财政预算收入, money in any unit.

    >>> non_tax_share(non_tax=Amount(20), revenue=Amount(100)).percent(0)
    '20%'
    """
    return over(*amounts(non_tax, revenue))


@by_name
def non_tax_share_change_rate(*, this_year: Ratio, last_year: Ratio) -> Computed:
    """非税收入占比变动率 = (本年度非税收入占比 - 上年度非税收入占比) / 上年度非税收入占比.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        this_year: 本年度非税收入占比, a rate.
        last_year: 上年度非税收入占比, a rate.

    >>> non_tax_share_change_rate(this_year=Rate("22%"), last_year=Rate("20%")).percent(0)
    '10%'
    """
    return less_one(over(ratio(this_year), ratio(last_year)))


@by_name
def expenditure_multiplier(
    *, gdp: Money, last_gdp: Money, expenditure: Money, last_expenditure: Money
) -> Computed:
    """财政支出乘数 = (当年GDP - 上年GDP) / (当年公共财政预算支出 - 上年公共财政预算支出).

    Source: 财预〔2013〕53号, annex 3 (text).

    Trap: a multiple, not a percentage: at 2.5, each further yuan of expenditure goes with
    2.5 yuan of GDP. Undefined where expenditure is that of last year, and positive where both fall.

    Args:
        gdp: 当年GDP, money in any unit.
        last_gdp: 上年GDP, money in any unit.
        expenditure: 当年公共财政预算支出, money in any unit.
        last_expenditure: 上年公共财政预算支出, money in any unit.

    >>> str(
    ...     expenditure_multiplier(
    ...         gdp=Amount(1050), last_gdp=Amount(1000),
    ...         expenditure=Amount(220), last_expenditure=Amount(200),
    ...     ).ratio
    ... )
    '5/2'
    """
    now, before, spent, spent_before = amounts(gdp, last_gdp, expenditure, last_expenditure)
    return over(difference(now, before), difference(spent, spent_before))


@by_name
def urban_income_change_rate(*, this_year: Money, last_year: Money) -> Computed:
    """城镇居民人均可支配收入变动率 = (本年 - 上年) / 上年.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        this_year: 本年城镇居民人均可支配收入, money in any unit: what all urban residents have to
            dispose of over their number.
        last_year: 上年城镇居民人均可支配收入, money in any unit.

    >>> urban_income_change_rate(this_year=Amount(52500), last_year=Amount(50000)).percent(0)
    '5%'
    """
    return less_one(over(*amounts(this_year, last_year)))


@by_name
def rural_income_change_rate(*, this_year: Money, last_year: Money) -> Computed:
    """农村居民人均纯收入变动率 = (本年 - 上年) / 上年.

    Source: 财预〔2013〕53号, annex 3 (text).

    Trap: net income, not the disposable income of rural residents.

    Args:
        this_year: 本年农村居民人均纯收入, money in any unit: net rural income over the number of
            rural residents.
        last_year: 上年农村居民人均纯收入, money in any unit.

    >>> rural_income_change_rate(this_year=Amount(21600), last_year=Amount(20000)).percent(0)
    '8%'
    """
    return less_one(over(*amounts(this_year, last_year)))


@by_name
def schooling_change_rate(*, this_year: Duration, last_year: Duration) -> Computed:
    """人均受教育年限变动率 = (本年人均受教育年限 - 上年人均受教育年限) / 上年人均受教育年限.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        this_year: 本年人均受教育年限, years: all years of schooling over the population.
        last_year: 上年人均受教育年限, years.

    >>> schooling_change_rate(this_year="9.9", last_year=9).percent(0)
    '10%'
    """
    return less_one(over(*durations(this_year, last_year, _THIS_YEAR, _LAST_YEAR)))


@by_name
def life_expectancy_change_rate(*, this_year: Duration, last_year: Duration) -> Computed:
    """人均期望寿命变动率 = (本年人均期望寿命 - 上年人均期望寿命) / 上年人均期望寿命.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        this_year: 本年人均期望寿命, years: of people at birth.
        last_year: 上年人均期望寿命, years.

    >>> life_expectancy_change_rate(this_year="78.2", last_year="77.3").percent(2)
    '1.16%'
    """
    return less_one(over(*durations(this_year, last_year, _THIS_YEAR, _LAST_YEAR)))


@by_name
def unemployment_change_rate(*, this_year: Ratio, last_year: Ratio) -> Computed:
    """城镇登记失业率变动率 = (本年城镇登记失业率 - 上年城镇登记失业率) / 上年城镇登记失业率.

    Source: 财预〔2013〕53号, annex 3 (text).

    Trap: one rate over the other, not a difference in points: from 4% to 3% it is -25%.

    Trap: a fall is the improvement, other than with incomes.

    Args:
        this_year: 本年城镇登记失业率, a rate: registered unemployed over those employed and
            unemployed together, at the end of the year.
        last_year: 上年城镇登记失业率, a rate.

    >>> unemployment_change_rate(this_year=Rate("3%"), last_year=Rate("4%")).percent(0)
    '-25%'
    """
    return less_one(over(ratio(this_year), ratio(last_year)))


@by_name
def air_quality_change_rate(*, this_year: Measured, last_year: Measured) -> Computed:
    """空气质量变动率 = (当年空气质量监测均值 - 上年空气质量监测均值) / 上年空气质量监测均值.

    Source: 财预〔2013〕53号, annex 3 (text).

    Trap: whether more is better depends on what is measured (good days, or pollutants).

    Args:
        this_year: 当年空气质量监测均值, the unit of the readings: the sum of the year's readings
            over 12.
        last_year: 上年空气质量监测均值, the unit of the readings.

    >>> air_quality_change_rate(this_year=36, last_year=40).percent(0)
    '-10%'
    """
    return less_one(over(*measures(this_year, last_year, _THIS_YEAR, _LAST_YEAR)))


@by_name
def green_space_change_rate(*, this_year: Measured, last_year: Measured) -> Computed:
    """人均公共绿地面积变动率 = (当年 - 上年) / 上年.

    Source: 财预〔2013〕53号, annex 3 (text).

    Args:
        this_year: 当年人均公共绿地面积, square metres or the like: all green space over the number
            of residents.
        last_year: 上年人均公共绿地面积, square metres or the like.

    >>> green_space_change_rate(this_year="13.2", last_year=12).percent(0)
    '10%'
    """
    return less_one(over(*measures(this_year, last_year, _THIS_YEAR, _LAST_YEAR)))


@by_name
def energy_intensity_change_rate(*, this_year: Measured, last_year: Measured) -> Computed:
    """万元GDP能耗变动率 = (当年万元GDP能耗 - 上年万元GDP能耗) / 上年万元GDP能耗.

    Source: 财预〔2013〕53号, annex 3 (text).

    Trap: a fall is the improvement, other than with incomes.

    Args:
        this_year: 当年万元GDP能耗, tons of standard coal: energy used (tons of standard coal) over
            GDP (wan yuan).
        last_year: 上年万元GDP能耗, tons of standard coal.

    >>> energy_intensity_change_rate(this_year="0.48", last_year="0.50").percent(0)
    '-4%'
    """
    return less_one(over(*measures(this_year, last_year, _THIS_YEAR, _LAST_YEAR)))
