"""The frame of a page: short lines above and below the article that speak of the site, whatever their exact wording."""

# ruff: noqa: E501 (tables and patterns read best on one line)

from __future__ import annotations

import re
from collections.abc import Callable

LONGEST = 140  # characters of a line of the frame
MOST_WORDS = 16
_SITE = re.compile(
    r"""(?ix) (?<!\w) (?:
      chia\ sẻ | share | tweet | thích | like | lưu\ (?:bài|tin|trang|lại) | yêu\ thích | copy | sao\ chép | link | liên\ kết
    | bình\ luận | ý\ kiến | phản\ hồi | góp\ ý | báo\ lỗi | đánh\ giá | xếp\ hạng | bình\ chọn | quan\ tâm
    | facebook | fanpage | zalo | youtube | tiktok | twitter | telegram | instagram | linkedin | viber | google\ news | messenger
    | e-?mail | hộp\ thư | thư\ bạn\ đọc | bạn\ đọc | độc\ giả | cộng\ tác | gửi\ (?:bài|tin|ảnh|thư|về) | tòa\ soạn | đường\ dây\ nóng
    | hotline | liên\ hệ | quảng\ cáo | tài\ trợ | bản\ quyền | giấy\ phép | newsletter | bản\ tin | thông\ báo | rss
    | in\ (?:trang|bài|tin) | bản\ in | phiên\ bản | cỡ\ chữ | giọng\ đọc | nghe\ (?:bài|đọc|audio) | phút\ đọc | phát\ lại
    | lượt\ (?:xem|đọc|thích|nghe|chia) | views? | trang\ chủ | đầu\ trang | cuối\ trang | quay\ (?:lại|về) | trở\ (?:lại|về) | về\ trang
    | trang\ (?:trước|sau|tiếp) | bài\ (?:trước|sau|tiếp) | mục\ lục | xem\ nhanh | xem\ (?:thêm|tiếp|tất|theo) | đọc\ (?:thêm|tiếp)
    | mở\ rộng | thu\ gọn | toàn\ màn\ hình | tải\ (?:ứng|app|về) | ứng\ dụng | đăng\ (?:nhập|ký|xuất) | tài\ khoản | theo\ dõi
    | từ\ kh(?:óa|oá) | tags? | chủ\ đề | chuyên\ mục | danh\ mục | tìm\ kiếm | menu | đăng\ lại
    ) (?!\w)"""
)
_PARTS = re.compile(r"\s*[|•·/»›]\s*|\s{2,}|\t")
_PAPER = re.compile(r"(?i)(?:báo|tạp chí|thời báo|tuần báo|trang (?:tin|thông tin)|cổng thông tin|đài)\b")
_SOURCE = re.compile(
    r"(?i)^\W*(?:ảnh|hình|video|clip|đồ họa|nguồn|theo(?! dõi)|bài|tin|tác giả|thực hiện|biên tập|lược dịch|dịch)\b"
)


def trim(paragraphs: list[str], is_prose: Callable[[str], bool]) -> list[str]:
    """Return the paragraphs without the lines of the frame above the first one that is prose and below the last."""
    prose = [place for place, line in enumerate(paragraphs) if is_prose(line)]
    if not prose:
        return paragraphs
    first, last = prose[0], prose[-1]
    return [line for place, line in enumerate(paragraphs) if first <= place <= last or not is_frame(line)]


def is_frame(line: str) -> bool:
    """Whether a line beside the article speaks of the site: of sharing, comments, subscriptions, contacts, its sections."""
    words = line.split()
    if len(line) > LONGEST or len(words) > MOST_WORDS or _SOURCE.match(line):
        return False
    if len(words) > 1 and max(map(len, words)) == 1:  # A A A: the size of letters
        return True
    parts = [part for part in _PARTS.split(line) if part]
    if len(parts) > 2 and max(len(part.split()) for part in parts) <= 4:
        return True
    if line.startswith("#") and all(len(tag.split()) <= 4 for tag in line.split("#")):
        return True
    said = sum(len(found.group().split()) for found in _SITE.finditer(line))
    words = [word for word in words if not any(map(str.isdigit, word))]
    if line.endswith((".", "!", "?")) and len(words) > said:
        return False
    return bool(said) and (said * 3 >= len(words) or "@" in line or "|" in line)


def is_heading(line: str) -> bool:
    """Whether a line above a list of headlines could be its heading: a few words that neither end nor name a source."""
    return len(line.split()) <= 8 and not line.endswith((".", "!", "?")) and not (":" in line and _SOURCE.match(line))


def is_path(line: str) -> bool:
    """Whether a line above a title could name sections: one or more pieces of a few words, no sentence."""
    parts = [part for part in re.split(r"\s*[>»›|/•·▸►→⟩❯]\s*|\s+[-–—]\s+", line) if part]
    longest = 8 if _PAPER.match(line) else 5
    return (
        bool(parts)
        and len(line) < 80
        and max(len(part.split()) for part in parts) <= longest
        and not line.endswith((".", "!", "?"))
    )
