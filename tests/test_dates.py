import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys.dates import day

WRITTEN = [
    "2016-05-20",
    "2016-05-20T16:03:00+07:00",
    "20/05/2016 | 16:03",
    "00:07 - 20.5.2016",
    "Đăng ngày 20-05-2016 Sửa đổi ngày 23-05-2016",
    "10:15 ngày 20 tháng 05 năm 2016",
    "Thứ sáu, 20 Tháng năm 2016, 09:24 GMT+7",
    "5/20/2016 11:40:52 PM",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_date_is_read_as_papers_write_it(written: str) -> None:
    assert day(written) == datetime.date(2016, 5, 20).toordinal()


@pytest.mark.parametrize(
    "written", ["", "hôm qua", "20/05/16", "31/02/2016", "ngày 20 tháng 05", "20165", "2016-13-01"]
)
def test_what_names_no_day_is_no_date(written: str) -> None:
    assert day(written) is None


def test_a_month_or_a_year_stands_for_its_first_day_where_that_is_asked_for() -> None:
    assert day("2016-05", first=True) == day("2016-05-01")
    assert day("2016", first=True) == day("2016-01-01")
    assert day("2016-05") is None


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_day_is_read_back_however_it_is_written(date: datetime.date) -> None:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d tháng %m năm %Y"):
        assert day(date.strftime(form)) == date.toordinal()


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_none(text: str) -> None:
    assert day(text) is None or day(text) > 0
