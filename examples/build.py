"""The figures of department-2023.md, built in code; `python examples/build.py` audits them."""

# fmt: off
import budgetperf as bp

HALL, SURVEY = "履职效能", "服务对象满意度"
ALL = "595.07"
narrative = bp.Statement(
    funding=bp.Funding(
        total=bp.FundingTotal(initial="353.21", revised=ALL, executed=ALL, execution_rate="100%"),
        sources=[bp.FundingSource(kind="上级", initial=0, revised=0, executed=0),
                 bp.FundingSource(kind="本级", initial="348.93", revised=ALL, executed=ALL),
                 bp.FundingSource(kind="其他", initial="4.28", revised=0, executed=0)]),
    adjustment=bp.Adjustment(amount="241.86", rate="68.48%", projects_added="2个", reason="扩容"),
    basic_expenditure=bp.BasicExpenditure(
        initial="251.04", revised="239.53", executed="239.53", execution_rate="100%",
        share="40.25%", categories=[
            bp.CategoryAmount(category="工资福利支出", executed="188.76"),
            bp.CategoryAmount(category="商品和服务支出", executed="50.25"),
            bp.CategoryAmount(category="对个人和家庭的补助", executed="0.52"),
            bp.CategoryAmount(category="资本性支出", executed=0)]),
    project_expenditure=bp.ProjectExpenditure(
        initial="102.17", revised="355.55", executed="355.55", execution_rate="100%",
        share="17.17%", sources=[
            bp.FundingSource(kind=kind, executed="355.55" if kind == "本级" else 0)
            for kind in ("中央转移支付", "自治区", "本级", "其他")]),
    project_counts=bp.ProjectCounts(total="4个", recurring="4个", new="0个", completed="4个",
                                    unfinished="0个"),
    three_public=bp.ThreePublicExpenses(
        **dict.fromkeys(("total", "overseas_travel", "vehicle_purchase", "vehicle_operation",
                         "official_reception"), bp.ThreePublicItem(budget=0, executed=0)),
        control_rate="100%"),
    procurement=bp.Procurement(budget="111.45", executed="111.45", execution_rate="100%"),
    fixed_assets=bp.FixedAssets(original_value="156.76", accumulated_depreciation="97.87",
                                net_value="58.89", under_construction=3),
    indicators=[
        bp.Indicator(level1=level1, level2=level2, name=name, target=target, actual=actual,
                     completion_rate=completion, deviation=deviation, explanation="见正文")
        for level1, level2, name, target, actual, completion, deviation in (
            (HALL, "数量指标", "惠企政策宣讲次数", "≥10次", "10次", "100%", "0%"),
            (HALL, "质量指标", "便民窗口街道覆盖率", "≥90%", "100%", "111%", "10%"),
            (HALL, "质量指标", "窗口事项办理授权率", "≥95%", "97%", "102%", "2%"),
            (SURVEY, "满意度指标", "来访群众满意度", "≥90%", "99%", "110%", "9%"))],
    level_counts=bp.LevelCounts(level1="2个", level2="3个", level3="4个"), total_score="100分")
form = bp.Statement(
    funding=bp.Funding(
        total=bp.FundingTotal(initial="353.21", revised=ALL, executed=ALL, execution_rate="100%",
                              weight=10, score=10),
        sources=[bp.FundingSource(kind="上级", initial=0, revised=0, executed=0),
                 bp.FundingSource(kind="本级", initial="353.21", revised=ALL, executed=ALL),
                 bp.FundingSource(kind="其他", initial=0, revised=0, executed=0)]),
    indicators=[
        bp.Indicator(level1=row.level1, level2=row.level2, name=row.name, target=row.target,
                     actual=row.actual, weight=weight, score=score)
        for row, (weight, score) in zip(narrative.indicators,
                                        ((30, 30), (20, 18), (20, 20), (20, 20)), strict=True)])
report = bp.SelfEvaluation(narrative=bp.in_unit(narrative, "万元"), form=bp.in_unit(form, "万元"))
if __name__ == "__main__":
    print(bp.audit(report))
