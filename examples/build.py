"""The figures of department-2023.md, built in code; `python examples/build.py` audits them."""

import budgetperf as bp

ALL, NO, BLANK, HALL, SURVEY = "595.07", "—", [None] * 6, "履职效能", "服务对象满意度"
STAFF, TOTAL = "department.staffing", "narrative.funding.total"
narrative = bp.Statement(
    funding=bp.Funding.from_rows("kind initial revised executed execution_rate", [
        ("合计", "353.21", ALL, ALL, "100%"), ("上级", 0, 0, 0, None),
        ("本级", "348.93", ALL, ALL, None), ("其他", "4.28", 0, 0, None)]),
    adjustment=bp.Adjustment(amount="241.86", rate="68.48%", projects_added=2, reason="扩容"),
    basic_expenditure=bp.BasicExpenditure(initial="251.04", revised="239.53", executed="239.53",
        execution_rate="100%", share="40.25%", categories=bp.CategoryAmount.from_rows(
            "category executed", [("工资福利支出", "188.76"), ("商品和服务支出", "50.25"),
                                  ("对个人和家庭的补助", "0.52"), ("资本性支出", 0)])),
    project_expenditure=bp.ProjectExpenditure(initial="102.17", revised="355.55", executed="355.55",
        execution_rate="100%", share="17.17%", sources=bp.FundingSource.from_rows(
            "kind executed", [("中央", 0), ("自治区", 0), ("本级", "355.55"), ("其他", 0)])),
    project_counts=bp.ProjectCounts(total=4, recurring=4, new=0, completed=4, unfinished=0),
    three_public=bp.ThreePublicExpenses(control_rate="100%", **dict.fromkeys((
        "total", "overseas_travel", "vehicle_purchase", "vehicle_operation", "official_reception"),
        bp.ThreePublicItem(budget=0, executed=0))),
    procurement=bp.Procurement(budget="111.45", executed="111.45", execution_rate="100%"),
    fixed_assets=bp.FixedAssets(original_value="156.76", accumulated_depreciation="97.87",
                                net_value="58.89", under_construction=3),
    indicators=bp.Indicator.from_rows(
        "level1 level2 name target midyear actual completion_rate deviation explanation", [
            (HALL, "数量指标", "惠企政策宣讲次数", "≥10次", "10次", "10次", "100%", "0%", "无"),
            (HALL, "质量指标", "便民窗口街道覆盖率", "≥90%", "50%", "100%", "111%", "10%",
             "实际值高出指标值的幅度在合理范围内"),
            (HALL, "质量指标", "窗口事项办理授权率", "≥95%", "90%", "97%", "102%", "2%", "略高"),
            (SURVEY, "满意度指标", "来访群众满意度", "≥90%", "未达到监控节点", "99%", "110%", "9%",
             "首次设置该指标")]),
    level_counts=bp.LevelCounts(level1=2, level2=3, level3=4), total_score=100, rating="优",
    achievements=bp.Achievement.from_rows("name value", [
        ("“应进必进”事项", "836项"), ("进驻率", "97%"), ("累计办件", "16.3万件"),
        ("综合评价满意度", "99.98%")]))
form = bp.Statement(
    funding=bp.Funding.from_rows("kind initial revised executed execution_rate weight score", [
        ("合计", "353.21", ALL, ALL, "100%", 10, 10), ("上级", 0, 0, 0, NO, NO, NO),
        ("本级", "353.21", ALL, ALL, NO, NO, NO), ("其他", 0, 0, 0, NO, NO, NO)]),
    indicators=bp.Indicator.from_rows("level1 level2 name target weight actual score", [
        ("运行成本", *BLANK), ("管理效率", *BLANK),
        (HALL, "数量指标", "惠企政策宣讲次数", "≥10次", 30, "10次", 30),
        (HALL, "质量指标", "便民窗口街道覆盖率", "≥90%", 20, "100%", 18),
        (HALL, "质量指标", "窗口事项办理授权率", "≥95%", 20, "97%", 20),
        ("社会效益", *BLANK), ("可持续发展能力", *BLANK),
        (SURVEY, "满意度指标", "来访群众满意度", "≥90%", 20, "99%", 20)]),
    achievements=[row for row in narrative.achievements if row.name != "累计办件"])
department = bp.Department(
    name="云杉市松河区政务服务中心", year=2023, filing_date="2024-04-22", offices=2,
    staffing=bp.Staffing(authorised=12, on_roll=10, in_service=10, administrative=0, change=0,
                         public_institution=10, honorary_retired=0, retired=0))
report = bp.SelfEvaluation(
    department=department, narrative=bp.in_unit(narrative, "万元"), form=bp.in_unit(form, "万元"),
    repeated=[(f"{STAFF}.in_service", "10人"), (f"{STAFF}.honorary_retired", "0人"),
              (f"{STAFF}.retired", "0人"), (f"{TOTAL}.initial", "353.21万元"),
              (f"{TOTAL}.revised", "595.07万元"), ("narrative.achievements[0].value", "836项")])
if __name__ == "__main__":
    print(bp.audit(report))
