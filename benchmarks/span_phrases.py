"""Invented advertising phrases of many trades, for making hijacked pages: keywords, addresses, whole sentences."""

# ruff: noqa: E501, SIM905 (tables and patterns read best on one line)

from __future__ import annotations

import random
import re
import unicodedata

TRADES = {
    "betting": "kèo nhà cái|soi kèo|tỷ lệ kèo|kèo bóng đá|kèo chấp|cá cược bóng đá|nhà cái|cá độ online|cược thể thao|dự đoán tỷ số|kèo tài xỉu|link nhà cái|trang cá cược|kèo phạt góc|nhận định kèo|tip bóng đá|cược xiên|kèo rung|app cá cược|cá cược esports|đua ngựa trực tuyến|máy tính dự đoán bóng đá|nhà cái thưởng nạp đầu",
    "football": "trực tiếp bóng đá|kết quả bóng đá|bảng xếp hạng|lịch thi đấu|xem bóng đá|bxh ngoại hạng anh|tin chuyển nhượng|tỷ số trực tuyến|link xem bóng đá|đội hình dự kiến|bóng đá số|livescore|xoilac tv|nhận định bóng đá|kết quả cúp c1|lịch bóng đá đêm nay|bóng đá wap|kqbd hôm qua|xem đá banh",
    "casino": "casino trực tuyến|tài xỉu online|xóc đĩa đổi thưởng|baccarat|game bài|nổ hũ|bắn cá|slot game|poker online|rồng hổ|bầu cua|quay hũ|game đổi thưởng|tài xỉu md5|sòng bài live|blackjack|roulette|mậu binh|tiến lên miền nam|sâm lốc|phỏm online|liêng|ba cây|xì dách online|code tân thủ|giftcode|nổ hũ jackpot|quay thưởng|đại lý game bài",
    "lottery": "xổ số miền bắc|xsmb|xsmn hôm nay|soi cầu|lô đề|dự đoán xổ số|kết quả xổ số|soi cầu lô|dàn đề|cầu lô bạch thủ|số đẹp hôm nay|thống kê lô gan|bạch thủ lô|quay thử xổ số|vietlott|lô tô|nuôi lô khung|giải mã giấc mơ|ba càng|mua vé số online|đánh đề online|kết quả xổ số kiến thiết",
    "loans": "vay tiền nhanh|vay tiền online|vay vốn tín chấp|vay nóng|cầm đồ|vay tiền bằng cmnd|rút tiền thẻ tín dụng|đáo hạn thẻ|app vay tiền|vay trả góp|hỗ trợ vay vốn|vay không lãi suất|vay tiền trong ngày|cho vay sinh viên|đáo hạn ngân hàng|mở thẻ tín dụng|vay theo bảng lương|vay tiền không thẩm định|bảo lãnh vay|cầm cavet xe|xóa nợ xấu|tín dụng đen trả góp|cầm điện thoại|vay thế chấp sổ đỏ|vay tiền đứng",
    "repairs": "sửa điều hòa|sửa máy giặt|thông bồn cầu|sửa tủ lạnh|hút bể phốt|chống thấm|sửa ống nước|thợ khóa|sửa cửa cuốn|vệ sinh máy lạnh|sơn nhà|thợ điện nước|sửa máy tính|đóng trần thạch cao|lắp camera|sửa bếp từ|sửa bình nóng lạnh|thay màn hình iphone|diệt mối|lắp mạng internet|sửa tivi|cắt chìa khóa ô tô|khoan cắt bê tông|sửa mái tôn|lăn sơn epoxy|làm cửa nhôm kính|nạo vét hố ga|giặt sofa|sửa laptop|khoan giếng|lắp đặt thang máy|làm mái hiên|bọc ghế nệm|đánh bóng sàn gỗ",
    "moving": "chuyển nhà trọn gói|taxi tải|thuê xe du lịch|xe ghép|cho thuê xe máy|vận chuyển hàng trung quốc|gửi hàng đi mỹ|ship hàng|thuê xe cưới|taxi nội bài|xe tải chở hàng|chuyển văn phòng|cứu hộ giao thông|thuê xe tự lái|thuê xe 16 chỗ|bốc xếp hàng hóa|đặt xe limousine|mua hộ hàng nhật|chành xe|vé xe khách|cho thuê xe cẩu|gửi hàng đi úc|order taobao|xe đưa đón sân bay",
    "escorts": "gái gọi|massage thư giãn|gái xinh|bạn tình|phim sex|kỹ nữ|checkhàng|massage tận nơi|hẹn hò online|chat sex|sugar baby|gái bao|clip nóng|app hẹn hò|tìm bạn bốn phương|massage yoni|tìm vợ bé|livestream 18+|karaoke tay vịn|gái gọi cao cấp|tìm bạn tâm sự đêm khuya",
    "degrees": "làm bằng đại học|bằng cấp 3|mua bằng lái xe|làm chứng chỉ|làm giấy tờ giả|chứng chỉ tiếng anh|làm sổ đỏ|bằng trung cấp|làm bằng tiến sĩ|luận văn thuê|viết luận văn|làm tiểu luận|thi hộ|mua bằng cao đẳng|học hộ|viết báo cáo thực tập|làm khóa luận|chứng chỉ ielts không cần thi|phôi bằng thật|bao đậu bằng lái|chạy đồ án|làm cccd giả|dịch thuật công chứng|chứng chỉ tin học cấp tốc|gia sư tại nhà|luyện thi ielts",
    "pharmacy": "thuốc tăng cường sinh lý|thuốc giảm cân|kem trị nám|viên uống trắng da|thuốc kích dục|thuốc phá thai|thuốc tiểu đường|trà giảm cân|sâm nhung bổ thận|thuốc mọc tóc|thuốc trị mụn|viên sủi xương khớp|nano curcumin|thuốc dạ dày|kem chống nắng|tinh chất dưỡng da|thực phẩm chức năng|cao huyết áp|xịt yến sào|thuốc ngủ mua ở đâu|bột ngũ cốc|yến sào|mật ong rừng|đông trùng hạ thảo|an cung ngưu hoàng hoàn|viên vai gáy|thuốc tăng chiều cao|bột cần tây|collagen|kẹo giảm cân|thuốc đông y gia truyền|chữa xuất tinh sớm|thuốc trị hôi miệng|trị sẹo rỗ|nước tẩy nốt ruồi|xịt lâu ra|thuốc xương khớp|nấm linh chi|thuốc trị trĩ|kem tan mỡ bụng",
    "dental": "niềng răng|trồng răng implant|bọc răng sứ|tẩy trắng răng|nha khoa uy tín|nâng mũi|cắt mí|hút mỡ bụng|xóa xăm|phun môi|nối mi|triệt lông|thẩm mỹ viện|spa trị mụn|nâng ngực|căng da mặt|tiêm filler|khám phụ khoa|phòng khám đa khoa|bắn laser|cấy tóc|làm răng sứ|dán sứ veneer|cắt bao quy đầu|phẫu thuật hàm hô|độn cằm|tiêm botox|gội đầu dưỡng sinh|phá thai an toàn|chữa hôi nách|khám nam khoa|trẻ hóa da|điêu khắc lông mày",
    "seo": "dịch vụ seo|mua backlink|thiết kế website|tăng like|mua follow|chạy quảng cáo|tăng mắt livestream|hosting giá rẻ|mua tên miền|viết bài chuẩn seo|hack like|mua view youtube|dịch vụ facebook|tích xanh|quảng cáo google|đăng tin rao vặt|tăng sub tiktok|guest post|textlink|bán backlink báo|bán tài khoản netflix|hack facebook|tool zalo|phần mềm bán hàng|xóa bài viết xấu|bán nick game|mở khóa tài khoản facebook|chữ ký số|hóa đơn điện tử|seo từ khóa|kéo traffic|mua proxy|vps giá rẻ|bán gmail cổ",
    "crypto": "tiền ảo|mua bitcoin|sàn forex|đầu tư coin|bán usdt|tín hiệu forex|sàn giao dịch tiền số|đào coin|airdrop|ví điện tử|copy trade|quyền chọn nhị phân|kiếm tiền online|trade coin|đầu tư lướt sóng|robot giao dịch|việc làm tại nhà|tuyển cộng tác viên|mua bán usdt|nhóm tín hiệu vàng|room chứng khoán|đầu tư đa cấp|nhập liệu tại nhà|kiếm tiền trên điện thoại|mua pi network|tiền điện tử x100|quỹ đầu tư sinh lời|mua bán nft|sàn bo uy tín",
    "apps": "tải game mod apk|hack kim cương|crack win 10|phim lậu|xem phim online|phim hd vietsub|nạp thẻ game|phim 18|tải nhạc mp3|truyện tranh full|phim bộ|acc game giá rẻ|key windows|nạp game|tải phần mềm|vpn miễn phí|anime vietsub|truyện ngôn tình|mod menu|phim lẻ thuyết minh|đọc truyện online|tải app kiếm tiền|mua acc liên quân|shop acc free fire|cày thuê|bán robux|hack game|nạp thẻ giá rẻ|truyện audio|xem hoạt hình|karaoke online|tải video tiktok không logo|rap phim vip|game h5|cracked apk",
    "visas": "làm visa|gia hạn hộ chiếu|du học|xuất khẩu lao động|vé máy bay|tour du lịch|định cư|kết hôn với người nước ngoài|làm passport|visa hàn quốc|săn vé rẻ|đặt phòng khách sạn|combo nghỉ dưỡng|lao động nhật bản|đơn hàng đài loan|tour thái lan|villa|homestay|vé máy bay tết|đi mỹ diện đầu tư|thẻ apec|bảo lãnh vợ chồng|tuyển lao động ba lan|du thuyền hạ long|visa schengen bao đậu|lý lịch tư pháp nhanh|thẻ tạm trú|hợp pháp hóa lãnh sự",
    "property": "bán đất nền|mua nhà|chung cư|dự án căn hộ|thuê nhà|sang nhượng quán|đất nền sổ đỏ|nhà đất chính chủ|cho thuê văn phòng|thuê mặt bằng|nội thất|thiết kế nội thất|xây nhà trọn gói|báo giá xây dựng|sofa|tủ bếp|đất vườn|shophouse|căn hộ view biển|cửa gỗ công nghiệp|gạch ốp lát|mái xếp|rèm cửa|đá hoa cương|kho xưởng|nhà trọ giá rẻ|cây cảnh|hồ cá koi|cửa lưới chống muỗi|nhà tiền chế|lan can kính|giường tầng|đất phân lô",
    "goods": "sim số đẹp|đồng hồ rep|túi xách fake|giày sneaker|iphone cũ|máy lọc nước|nước hoa|quần áo sỉ|mỹ phẩm xách tay|rượu ngoại|thuốc lá điện tử|vape|pod system|vàng mã|camera ngụy trang|thiết bị nghe lén|điện thoại giá rẻ|macbook cũ|xe đạp điện|lốp xe|máy tính cũ|phụ kiện|pin dự phòng|váy cưới|đồ lót|bàn ghế cũ|ghế massage|đồ chơi người lớn|sextoy|súng bắn keo|pháo hoa|tem bảo hành|hoa tươi|đèn led|bồn tắm|máy ép chậm|in áo thun|in name card|tranh treo tường|bánh kem|hải sản|trái cây nhập khẩu|cà phê nguyên chất|máy xông tinh dầu|chó poodle|mèo anh lông ngắn|thu mua phế liệu|thu mua đồ cũ|thanh lý bàn ghế|bán pháo|áo đấu|vòng phong thủy|sim năm sinh|dao bấm|máy đếm tiền|nhẫn cưới|quà tặng doanh nghiệp|loa kéo|két sắt",
    "services": "thám tử|dịch vụ thám tử|xem bói|xem phong thủy|luật sư|thành lập công ty|kế toán thuế|bảo vệ|giúp việc|tổ chức tiệc|cho thuê âm thanh|chụp ảnh cưới|đòi nợ thuê|mai táng|in ấn|ly hôn nhanh|dịch vụ kế toán|bùa yêu|xem tử vi|vòng phong thủy|thuê người yêu|giặt ủi|nhà hàng tiệc cưới|nấu cỗ|trang điểm cô dâu|cho thuê cổ trang|tuyển dụng|ghép ảnh|gọi hồn|thẻ bài tarot|phiên dịch|thuê hacker|điều tra ngoại tình|làm biển quảng cáo|đặt tiệc tại nhà|trông trẻ|bảo hiểm xe|thuê mc|chuyển phát hỏa tốc|huấn luyện chó|dạy lái xe|thầy bùa|thuê đóng thế|định vị điện thoại|chữa bệnh bằng tâm linh|cúng động thổ",
}
AFTER = "uy tín|giá rẻ|tại nhà|hôm nay|mới nhất|trực tuyến|online|hàng đầu|số 1|chuyên nghiệp|trọn gói|tốt nhất|chất lượng cao|nhanh chóng|miễn phí|không cần thế chấp|24h|24/7|có ngay|chính hãng|tận nơi|lấy liền|siêu tốc|bảo mật|an toàn|không lừa đảo|đổi thưởng|2024|2025|2026|vip|cực dễ|bao đậu|full|hay nhất|đêm nay|toàn quốc|hà nội|tphcm|sài gòn|đà nẵng|bình dương|cần thơ|hải phòng|quận 7|gò vấp|thủ đức|cầu giấy|biên hòa|ở đâu|bao nhiêu tiền|là gì|như thế nào|cho người mới|của nhật|của mỹ|hàn quốc|không qua sàn|cao cấp|trả góp|sll|sỉ lẻ|duyệt nhanh|dễ trúng|chuẩn xác|hiệu quả".split(
    "|"
)
BEFORE = "mua|bán|dịch vụ|cách|địa chỉ|công ty|báo giá|link|app|top|review|bảng giá|nhận|cần|chuyên|hướng dẫn|đăng ký|tải|web|shop|thuê|nhóm|mã giảm giá|khuyến mãi|xem|chơi|tìm|kinh nghiệm|đại lý|nơi|cho thuê|trung tâm".split(
    "|"
)
STEMS = "ku|bet|win|sun|vip|go|hit|fun|lucky|bong|king|zo|rik|max|okvip|sky|nhat|vua|da|lode|xoso|keo|typhu|viet|asia|dragon|mega|lux|tai|bom|choang|iwin|man|b|k|w|f|v|ae|mb|new|hi|jun|dk|sv|may|vin|xin|phat|loc|thanh|ngon|nhanh|re|xin|pro|super|one|sao|rong|hoa|toan|thang|cash|tien|money|pay|fast|doctor|smile|nhakhoa|seo|like|top|gai|tho|sua|nha|xe|thue|sim|thuoc|duoc|visa|luat|phim|game|apk|coin|bit|fx".split(
    "|"
)
ENDS = "bet|win|club|vip|88|88bet|68|79|247|365|99|66|555|789|777|8|9|x|casino|play|fun|live|online|vn|24h|pro|sport|shop|store|68vn|fast|care|land|mart|tech|spa|group|zone|hub|plus|home|69|01|5|123|86|39".split(
    "|"
)
TOPS = "com|net|vip|win|club|top|xyz|info|org|vn|com.vn|bet|cc|live|me|online|site|shop|io|co|pro|asia|link|fun|icu|store|app|net.vn".split(
    "|"
)
FOREIGN = "欧冠直播|足球比分|皇冠体育|亚洲杯竞彩|博彩平台|คาสิโน|바카라사이트|казино онлайн|百家乐|世界杯投注|彩票开奖|สล็อต|แทงบอล|ทดลองเล่นสล็อต|онлайн ставки|быстрый кредит|빠른대출|먹튀검증|토토사이트|カジノ|オンラインカジノ|ブランドコピー|代写论文|贷款|棋牌游戏|色情直播|香港六合彩|купить диплом|หวยออนไลน์|安全博彩|澳门赌场|電子遊戲|真人荷官|비아그라|新葡京|ставки на спорт|คลิปหลุด|仿牌手表|快三预测|ฝากถอนออโต้|온라인슬롯|德州扑克|オンラインスロット|казино вулкан|займ на карту|출장안마".split(
    "|"
)
ENGLISH = "online casino bonus|best slot games|buy cheap viagra|payday loans|free spins no deposit|live football stream|crypto signals|replica watches|essay writing service|hot girls near you|sports betting tips|mod apk download|cheap flights|weight loss pills|buy followers|watch movies free|click here|read more at|visit our website|sign up bonus|play now|no deposit casino|cbd oil|escort service|forex robot|seo services|instant loan".split(
    "|"
)
OPEN = "Truy cập|Hãy đến với|Liên hệ ngay|Đăng ký|Bạn đang tìm|Click vào|Tham gia|Gọi ngay|Chỉ cần|Tải ngay|Trải nghiệm|Đừng bỏ lỡ|Nhanh tay đăng ký|Chuyên cung cấp|Nhận làm|Chúng tôi chuyên|Xưởng nhận|Cần tìm|Ghé ngay|Inbox|Khám phá|Đặt ngay|Bấm vào|Quý khách có nhu cầu|Bạn muốn|Anh chị em cần|Không còn lo|Muốn có|Ai cần|Đội ngũ|Shop mình có|Add nhóm|Chơi thử|Sở hữu ngay|Ưu đãi hôm nay:|HOT:|Siêu sale|Giảm sốc|Mách bạn|Tư vấn miễn phí|Tổng đài".split(
    "|"
)
CLAIMS = "nạp rút siêu tốc trong 1 phút|tặng ngay {n}k cho thành viên mới|hoàn trả {m}% mỗi ngày|hỗ trợ 24/7|cam kết hoàn tiền nếu không hiệu quả|giảm giá tới {m}%|giao hàng tận nơi trên toàn quốc|không cần thế chấp, giải ngân trong {h} phút|chỉ từ {n}.000 đồng|đặt trước nhận quà|bảo hành {h} tháng|không hiệu quả trả lại tiền|uy tín số 1 Việt Nam|tỷ lệ cược hấp dẫn nhất|thợ có mặt sau {h} phút|bao đậu 100%|kín đáo, bảo mật tuyệt đối|hàng chuẩn auth, check thoải mái|khuyến mãi lớn nhất trong năm|đăng ký là có quà|lãi suất chỉ {h}% mỗi tháng|duyệt hồ sơ online|không gọi người thân|thủ tục đơn giản chỉ cần CCCD|xanh chín, không gian lận|hàng nghìn người đã trúng lớn|thu nhập {n} triệu mỗi tháng|không cần kinh nghiệm|làm việc tại nhà|tặng voucher {n}k|miễn phí vận chuyển|được hơn {n}.000 khách hàng tin dùng|giá tận xưởng|đội ngũ bác sĩ giàu kinh nghiệm|công nghệ Hàn Quốc hiện đại|cam kết đầu ra|học xong có việc ngay|hồ sơ gốc, công chứng thoải mái|lợi nhuận {m}% mỗi tuần|nói không với bùng kèo|giá rẻ nhất thị trường|hỗ trợ trả góp 0%|xem phim chất lượng 4K không quảng cáo|tải về miễn phí cho Android và iOS|cập nhật liên tục mỗi ngày|link không bị chặn|vào nhóm kín để nhận phím|trúng {n} triệu chỉ với {h} nghìn|số lượng có hạn|mua 2 tặng 1|sạch mụn sau {h} ngày|giảm {h} kg trong một tháng|tăng kích thước tự nhiên|chốt đơn ngay hôm nay|phục vụ tận tình|đặt lịch giữ chỗ|có xe đưa đón|nhận bảng giá và mặt bằng|chiết khấu cao cho đại lý|bao check|cọc trước {m}%|em phục vụ từ A đến Z|sinh viên năm hai, ảnh thật|lên top sau {h} ngày|tăng {n}.000 lượt theo dõi|vị trí đắc địa|sổ hồng trao tay|đảm bảo giao dịch an toàn|rút không giới hạn|hoa hồng trọn đời|nhập mã {c} để được giảm thêm".split(
    "|"
)
CONTACT = "tại {d}|qua Zalo {p}|hotline {p}|gọi {p}|liên hệ {p}|inbox Zalo {p}|website {d}|xem tại {d}|link {d}|Telegram @{t}|chi tiết tại {d}|đăng ký tại {d}|truy cập {d}|fanpage {t}|ib {p} (Zalo)|t.me/{t}|SĐT: {p}|ĐT {p}|call {p} gặp Ms {w}|website: {d}|LH: {p}|theo số {p}|mã giới thiệu {c}|vào {d} ngay".split(
    "|"
)
SENTENCES = (
    "{o} {k} {x}, {y}.|{K} {x}, {y}, {x2}.|{o} {k} {x}!|{K}: {y}, {x}.|{K} – {y}.|{o} {k}? {Y}, {x}.|Bạn đang cần {k}? {o} {d} {x}.|{D} là địa chỉ {k} uy tín nhất hiện nay, {y}.|{Y} khi {o2} {k} {x}.|{K} {K2} {x}.|{o} {k} {x}, {k2} {y}, {y2}.|"
    "Nhờ {k} của {D} mà tôi đã {y}.|Bài viết được tài trợ bởi {k} {x}.|Cần {k}, {k2}? {X}.|👉 {K}: {x}|⚡ {K} {y} ⚡|>>> {o} {k} {x} <<<|{KU} {x} – {y}!!!|{K}, {k2}, {k3} {y}, {x}|{o} {D} để {k} {y}.|Nhập mã {c} tại {d} nhận ngay ưu đãi {k}.|{Y}! {o} {k} {x} ngay hôm nay!|{D} - {k} {y}.|"
    "Em nhận {k}, {y}, ai cần {x} nhé.|Cộng đồng {k} lớn nhất, {y}, {x}.|Với {k}, bạn sẽ {y}.|Nếu bạn quan tâm đến {k}, {o2} {x}.|Không thể bỏ qua {k} {y}.|Top {h} {k} {y} năm nay.|{k} {y}|{K} {x}|Hotline {p}: {k}, {k2}.|(Quảng cáo) {K} {y}, {x}.|Tìm hiểu thêm: {k} {x}.|{o} {k} – {y} – {x}|Cam kết {y}, {k} {x}.|Mời bạn {o2} {k} {x}.|{e} {K} – {y}|{e} {f}: {y} {x} {e}|Quý khách cần {k} vui lòng gọi ngay {f}, {y}.|{f} chuyên {k}, {y}, {x}.|{w} (Hà Nội): “Dùng {k} của {f} là tôi {y}”.|Anh {w} chia sẻ: “Nhờ {f} mà tôi {y}”.|{f} – {y}, {x}.|Mọi nhu cầu {k} xin liên hệ {f} {x}.|Sau khi dùng {k}, {y}, {x}.|{Y} cùng {f}.|Số lượng có hạn, {x} để được {y}.|{Y}, {y2}, {x}.|{Y} {x}.|Vào {d} xem {k} {y}.|{K}? Có {f} lo, {y}."
).split("|")


def bare(text: str) -> str:
    """Strip diacritics."""
    text = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in text if not unicodedata.combining(c))


def brand(r: random.Random) -> str:
    """Invent a name of a site."""
    a, b, e = r.choice(STEMS), r.choice(STEMS), r.choice(ENDS)
    word = r.choice((a + e, a + b + e, a + b, a + b + str(r.randint(1, 999)), a + str(r.randint(10, 999)), a + e))
    return r.choice((word, word, word.upper(), word.capitalize(), a + " " + e, a.upper() + e))


def domain(r: random.Random) -> str:
    """Invent an address."""
    name = (
        brand(r).replace(" ", "").lower() if r.random() < 0.5 else bare(noun(r)).replace(" ", r.choice(("", "", "-")))
    )
    tail = r.choice(("", "", "", "/vao", "/?ref=" + str(r.randint(10, 999)), "/dang-ky", "/km"))
    return r.choice(("", "", "", "https://", "http://", "www.")) + name + "." + r.choice(TOPS) + tail


def phone(r: random.Random) -> str:
    """Invent a telephone number."""
    digits = "0" + r.choice("35789") + "".join(r.choices("0123456789", k=8))
    if r.random() < 0.06:
        return f"{digits[:4]}.xxx.{digits[7:]}"
    mark = r.choice(("", "", ".", " ", "-"))
    return r.choice(
        (
            mark.join((digits[:4], digits[4:7], digits[7:])),
            digits,
            "1900 " + digits[2:6],
            mark.join((digits[:3], digits[3:6], digits[6:])),
        )
    )


def noun(r: random.Random) -> str:
    """Draw what a trade sells."""
    return r.choice(_ALL) if r.random() < 0.3 else r.choice(r.choice(_TRADES))


_TRADES = [row.split("|") for row in TRADES.values()]
_ALL = [word for row in _TRADES for word in row]


def phrase(r: random.Random) -> str:
    """Compose a keyword in small letters, with its diacritics."""
    word = noun(r)
    if r.random() < 0.55:
        word += " " + r.choice(AFTER)
    if r.random() < 0.2:
        word = r.choice(BEFORE) + " " + word
    if r.random() < 0.1:
        word += " " + (brand(r).lower() if r.random() < 0.5 else r.choice(AFTER))
    if r.random() < 0.08:
        word += " " + r.choice(
            (
                "365",
                "24h",
                "q7",
                "q9",
                "hcm",
                "hn",
                "5",
                "7m",
                "88",
                "tv",
                "vip",
                "1",
                "2",
                "sg",
                "gv",
                "123",
                "360",
                "68",
                "4k",
                "hd",
            )
        )
    return word


FIRMS = "Minh Phát|Tín Nghĩa|An Khang|Hoàng Gia|Đại Phát|Thành Công|Phúc Lộc|Việt Mỹ|Bảo An|Kim Long|Sài Gòn|Hưng Thịnh|Nhật Minh|Đức Tín|Tâm Đức|Thiên Ân|Hải Đăng|Ngọc Dung|Á Châu|Thịnh Vượng|Phú Quý|Bình An|Gia Khang|Hồng Phúc|Trường Sinh|Vạn Lộc".split(
    "|"
)


def firm(r: random.Random) -> str:
    """Invent a firm of a trade."""
    return noun(r).title() if r.random() < 0.15 else cap(noun(r)) + " " + r.choice(FIRMS)


def keyword(r: random.Random, borrowed: str = "") -> str:
    """Draw a keyword in one of many dresses; ``borrowed`` is a phrase of another article, used now and then."""
    p = r.random()
    if p < 0.36:
        word = phrase(r)
    elif p < 0.60:
        word = bare(phrase(r))
    elif p < 0.74:
        word = brand(r)
    elif p < 0.76:
        return firm(r)
    elif p < 0.79:
        word = bare(noun(r)).replace(" ", "")
    elif p < 0.82:
        word = bare(phrase(r)).replace(" ", r.choice("-_."))
    elif p < 0.87:
        word = domain(r)
    elif p < 0.90:
        word = r.choice(FOREIGN)
    elif p < 0.92:
        word = r.choice(ENGLISH)
    elif p < 0.93:
        return noun(r).split()[0] + " " + phone(r)
    elif borrowed:
        word = borrowed
    else:
        word = phrase(r) + " " + brand(r)
    return r.choice((word, word, word, word, word.title(), word.title(), word.upper(), word[:1].upper() + word[1:]))


def claim(r: random.Random) -> str:
    """Draw what an advertisement claims."""
    n, m, h = r.choice((20, 50, 88, 100, 199, 300, 500)), r.randint(1, 100), r.randint(2, 60)
    return r.choice(CLAIMS).format(n=n, m=m, h=h, c=r.choice(STEMS).upper() + str(r.randint(10, 999)))


def sentence(r: random.Random) -> str:
    """Compose a promoting sentence."""
    k = [phrase(r) if r.random() < 0.8 else brand(r) for _ in range(3)]
    if r.random() < 0.15:
        k[1:] = k[:1] * 2
    d = domain(r)
    fill = {
        "d": d,
        "p": phone(r),
        "t": bare(noun(r)).replace(" ", "") + str(r.randint(1, 99)),
        "c": r.choice(STEMS).upper() + str(r.randint(10, 999)),
        "w": r.choice("Hoa Lan Trang Vy My Ngọc Hạnh Thảo".split()),
        "f": firm(r),
        "e": r.choice("🌿⚡🔥💰✅🎁📞💊🏆✨❤️🎰"),
        "n": r.choice((20, 50, 88, 100, 128, 199, 200, 300, 500, 999)),
        "m": r.randint(1, 100),
        "h": r.randint(2, 60),
    }
    x = [r.choice(CONTACT).format(**fill) for _ in range(2)]
    y = [r.choice(CLAIMS).format(**fill) for _ in range(2)]
    o = r.choice(OPEN)
    fill |= {
        "o": o,
        "o2": o[:1].lower() + o[1:],
        "k": k[0],
        "k2": k[1],
        "k3": k[2],
        "K": cap(k[0]),
        "K2": cap(k[1]),
        "KU": k[0].upper(),
        "x": x[0],
        "x2": x[1],
        "X": cap(x[0]),
        "y": y[0],
        "y2": y[1],
        "Y": cap(y[0]),
        "D": brand(r),
    }
    text = r.choice(SENTENCES).format(**fill)
    if r.random() < 0.12:
        text = bare(text)
    if r.random() < 0.06:
        text = text.upper()
    return cap(text) if r.random() < 0.9 else text


def cap(text: str) -> str:
    """Raise the first letter."""
    return text[:1].upper() + text[1:]


HONEST = (
    "Công an triệt phá đường dây {k} với số tiền giao dịch hàng chục tỷ đồng.|Nhóm này lập trang {d} để lôi kéo người chơi tham gia {k}.|Cơ quan chức năng khuyến cáo người dân cảnh giác với các quảng cáo {k} trên mạng xã hội.|“Tôi thấy quảng cáo {k} nên gọi thử”, một nạn nhân kể.|Theo cáo trạng, bị cáo đã lập nhóm “{k}” trên Telegram để lừa hàng trăm người.|"
    "Nhiều trang web chèn từ khóa như “{k}”, “{k2}” vào bài viết cũ.|Anh cho biết gia đình từng {k} nhưng không được như quảng cáo.|Thị trường {k} năm nay tăng trưởng khoảng 12%, theo hiệp hội ngành.|Bộ Y tế cảnh báo về sản phẩm quảng cáo là {k} bán trên {d}.|Người dân có thể gọi đường dây nóng {p} để phản ánh.|Chi tiết xem tại {d}.|Các đối tượng sử dụng tên miền {d} để giả mạo ngân hàng.|"
    "Cụm từ “{k}” được tìm kiếm nhiều nhất trong tuần qua.|Ông nói mô hình {k} cần được quản lý chặt chẽ hơn.|Trước đó, {K} từng bị xử phạt vì quảng cáo sai sự thật.|Luật mới quy định rõ điều kiện kinh doanh {k}.|Chị bắt đầu nghề {k} từ năm 2015, khi mới ra trường.|Phóng viên vào vai khách hàng, tìm đến một cơ sở {k} ở ngoại thành.|Theo khảo sát, giá {k} dao động từ 500.000 đến 2 triệu đồng.|"
    "Chủ cơ sở {k} khai nhận đã hoạt động không phép suốt hai năm.|Nhà cái mở tỷ lệ 0,5/2,5 cho trận này, nhưng các chuyên gia nghiêng về kết quả hòa.|Dự đoán: 2-1.|Tin nhắn có nội dung “{k} {p}” được gửi tới hàng nghìn thuê bao.|Trong số 40 người được hỏi, một nửa cho biết từng bị mời {k}.|Trên các hội nhóm, lời rao {k} xuất hiện dày đặc.|Số điện thoại hỗ trợ: {p}.|Độc giả quan tâm liên hệ {p} để ủng hộ.|Tòa tuyên phạt bị cáo 7 năm tù về tội tổ chức {k}.|"
    "Cách nhận biết các trang {k} lừa đảo: không rõ địa chỉ, yêu cầu chuyển tiền trước.|Bài hát “{t}” đứng đầu bảng xếp hạng ba tuần liền.|[Ảnh: NVCC]|(Ảnh minh họa)|Hashtag #{h} thu hút hàng triệu lượt xem.|Ca khúc [{t}] được phát hành lúc nửa đêm.|Bà cho biết đây không phải lần đầu bà gặp trường hợp như vậy.|Nguồn: {d}|Ảnh: Ngọc Anh|Video: Minh Tuấn|Theo {d}|Tên tiếng Trung của ông là 李明 (Lý Minh).|Ông Lý (李明) sinh ra ở Quảng Đông.|Tổng thống Vladimir Putin (Владимир Путин) đến thăm.|"
    "Em hỏi: “{K} có hợp pháp không?”.|Theo luật sư, hành vi {k} có thể bị phạt đến 200 triệu đồng.|Hệ thống {k} của công ty phục vụ hơn 3.000 khách mỗi ngày.|Khách chỉ cần đặt {k} trước một ngày.|Công ty cung cấp {k} cho các bệnh viện trong vùng.|Nhiều người chọn {k} vì giá hợp lý.|Bí quyết {k} của bà được truyền qua ba đời.|Gói {k} được bán với giá 1,2 triệu đồng.|Hội thảo về {k} diễn ra sáng nay tại Hà Nội."
).split("|")
HONEST_TITLES = "Triệt phá đường dây {k}|Cảnh báo lừa đảo {k}|Bắt nhóm {k} quy mô lớn|Vỡ mộng vì {k}|{K}: lợi bất cập hại|Nghề {k} thời công nghệ|Bùng nổ {k}, ai hưởng lợi?|Thâm nhập thế giới {k}|[Infographic] Toàn cảnh {k}|Siết quản lý {k}|“{K}” và những cái bẫy|Giá {k} tăng mạnh".split(
    "|"
)


def honest_line(r: random.Random, k: str, k2: str) -> str:
    """Compose a sentence of news in which a keyword stands by right."""
    return r.choice(HONEST).format(
        k=k,
        k2=k2,
        K=cap(k),
        d=domain(r),
        p=phone(r),
        t=cap(r.choice(("mùa hoa", "đêm trắng", "về nhà", "người ơi", "biển nhớ"))),
        h=re.sub(r"\W", "", bare(phrase(r))),
    )
