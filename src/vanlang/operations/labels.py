from __future__ import annotations

from vanlang.kernel.labels import Sentence
from vanlang.operations.types import Severity, UpkeepKind

KINDS = {
    UpkeepKind.BACKUP: "Sao lưu",
    UpkeepKind.DRILL: "Diễn tập khôi phục",
    UpkeepKind.RESTORE: "Khôi phục",
}

SEVERITIES = {Severity.GOOD: "Tốt", Severity.WARNING: "Cần xem", Severity.DANGER: "Nguy hiểm"}

PROBES = {
    "database": "Cơ sở dữ liệu",
    "vacuum": "Dọn dòng chết",
    "sessions": "Kết nối và ảnh chụp dữ liệu",
    "queues": "Việc nền",
    "letters": "Tin gửi hệ thống khác",
    "disks": "Dung lượng đĩa",
    "store": "Kho tệp",
    "backup": "Sao lưu",
    "drill": "Diễn tập khôi phục",
    "certificates": "Chứng thư",
    "clock": "Đồng hồ",
    "settings": "Cấu hình an toàn",
}

_NOTHING = "Không cần làm gì."

SENTENCES = {
    "operations.probe_failed": Sentence(
        "Không khám được mục %(probe)s (%(error)s).",
        "Hãy xem nhật ký của lệnh khám; các mục khác vẫn được khám.",
    ),
    "operations.database_silent": Sentence(
        "Cơ sở dữ liệu không trả lời: không ai làm việc được.",
        "Hãy xem PostgreSQL có chạy không (systemctl status postgresql, hoặc ./vanlang run), đĩa còn chỗ không, VANLANG_DATABASE_URL có đúng không.",
    ),
    "operations.database_good": Sentence("PostgreSQL %(version)s trả lời; cơ sở dữ liệu %(size)s.", _NOTHING),
    "operations.database_old": Sentence(
        "PostgreSQL %(version)s cũ hơn mức hỗ trợ.",
        "Hãy nâng máy chủ lên PostgreSQL %(least)s trở lên; sao lưu trước khi nâng.",
    ),
    "operations.migrations_pending": Sentence(
        "Cơ sở dữ liệu còn thiếu %(count)s bước nâng cấp, bắt đầu từ %(first)s.",
        "Hãy sao lưu rồi chạy bước nâng cấp của bản mới; trước đó đừng cho nhiều người vào làm việc.",
    ),
    "operations.code_behind": Sentence(
        "Cơ sở dữ liệu đã nâng cấp cao hơn mã nguồn đang chạy (%(count)s bước, như %(first)s).",
        "Hãy chạy đúng bản mã nguồn mới; đừng chạy bản cũ trên cơ sở dữ liệu này.",
    ),
    "operations.vacuum_good": Sentence(
        "Tự dọn đang bật, %(dead)s dòng chết, không bảng nào phình.", _NOTHING
    ),
    "operations.autovacuum_off": Sentence(
        "PostgreSQL đã tắt tự dọn: bảng phình dần, hàng đợi chậm dần.",
        "Hãy đặt autovacuum = on và track_counts = on trong postgresql.conf rồi tải lại cấu hình.",
    ),
    "operations.wraparound_near": Sentence(
        "Số giao dịch cũ nhất đã %(age)s triệu tuổi: quá 2.000 triệu thì PostgreSQL ngừng ghi.",
        "Hãy tìm kết nối treo ở mục kết nối, đóng lại, rồi chạy VACUUM (FREEZE) vào ban đêm.",
    ),
    "operations.dead_rows": Sentence(
        "Bảng %(table)s có %(dead)s dòng chết trên %(live)s dòng sống.",
        "Hãy tìm kết nối giữ ảnh chụp cũ ở mục dưới; khi đã đóng, chạy VACUUM ANALYZE %(table)s.",
    ),
    "operations.sessions_good": Sentence(
        "Dùng %(used)s trên %(most)s kết nối; ảnh chụp lâu nhất %(seconds)s giây.", _NOTHING
    ),
    "operations.snapshot_old": Sentence(
        "Kết nối “%(who)s” giữ một ảnh chụp dữ liệu đã %(minutes)s phút: không dọn được dòng chết, hàng đợi chậm dần.",
        "Nếu là một lần kết xuất (pg_dump) hay một báo cáo: hãy dừng nó và dùng ./vanlang backup. Nếu là kết nối bỏ quên: đóng bằng pg_terminate_backend.",
    ),
    "operations.idle_in_transaction": Sentence(
        "Kết nối “%(who)s” mở giao dịch rồi để yên %(minutes)s phút.",
        "Hãy đóng kết nối đó; đặt idle_in_transaction_session_timeout = 5min để PostgreSQL tự đóng lần sau.",
    ),
    "operations.connections_short": Sentence(
        "Đã dùng %(used)s trên %(most)s kết nối của PostgreSQL.",
        "Hãy giảm số tiến trình web, hoặc đặt pgbouncer phía trước; nâng max_connections là cách cuối.",
    ),
    "operations.slot_keeps_log": Sentence(
        "Khe nhân bản “%(slot)s” không ai đọc và đang giữ %(size)s nhật ký ghi: đĩa sẽ đầy.",
        "Nếu máy nhân bản đó không còn: chạy SELECT pg_drop_replication_slot; nếu còn: khởi động lại máy đó.",
    ),
    "operations.prepared_left": Sentence(
        "Còn %(count)s giao dịch hai pha bị bỏ dở.",
        "Hãy xem pg_prepared_xacts và chạy ROLLBACK PREPARED cho từng giao dịch.",
    ),
    "operations.queues_good": Sentence("Máy xử lý đang chạy; %(waiting)s việc chờ đến lượt.", _NOTHING),
    "operations.worker_gone": Sentence(
        "Không có máy xử lý việc nền nào đang chạy: thư không gửi, hồ sơ không đồng bộ.",
        "Hãy khởi động lại dịch vụ xử lý việc nền (systemctl restart vanlang-worker, hoặc ./vanlang run) và xem nhật ký của nó.",
    ),
    "operations.queue_slow": Sentence(
        "Hàng đợi “%(queue)s” có %(waiting)s việc, việc lâu nhất đã chờ %(minutes)s phút.",
        "Hãy xem máy xử lý có đang chạy không, rồi mục kết nối xem có ảnh chụp cũ không; nếu vẫn chậm, chạy thêm một máy xử lý.",
    ),
    "operations.jobs_stalled": Sentence(
        "%(count)s việc nền đang dở mà máy xử lý của nó đã chết.",
        "Hệ thống tự đưa lại vào hàng đợi năm phút một lần; nếu sau mười phút vẫn còn, khởi động lại dịch vụ xử lý việc nền.",
    ),
    "operations.jobs_failed": Sentence(
        "%(count)s việc nền đã bị bỏ sau nhiều lần thử trong 24 giờ qua.",
        "Hãy tìm mã việc trong nhật ký máy xử lý, sửa nguyên nhân rồi đưa lại vào hàng đợi.",
    ),
    "operations.letters_good": Sentence("%(systems)s hệ thống khác, không có tin nào kẹt.", _NOTHING),
    "operations.letters_dead": Sentence(
        "%(count)s tin với “%(system)s” không gửi, không nhận được và chờ người xử lý.",
        "Hãy mở trang Kết nối, đọc lý do từng tin rồi chọn gửi lại hoặc bỏ.",
    ),
    "operations.system_ill": Sentence(
        "“%(system)s” không trả lời; %(waiting)s tin đang chờ.",
        "Hệ thống tự gọi lại và tự gửi hết khi bên kia khỏe; nếu kéo dài, hãy gọi cho đơn vị vận hành bên đó.",
    ),
    "operations.letters_slow": Sentence(
        "Tin gửi “%(system)s” lâu nhất đã chờ %(minutes)s phút, %(waiting)s tin đang chờ.",
        "Hãy xem mục việc nền có chạy không, rồi mở trang Kết nối.",
    ),
    "operations.disk_good": Sentence("Còn %(free)s ở nơi ít chỗ nhất (%(path)s).", _NOTHING),
    "operations.disk_low": Sentence(
        "Đĩa chứa %(holds)s (%(path)s) còn %(free)s, %(percent)s %%.",
        "Hãy mở rộng đĩa hoặc chuyển bản sao lưu sang đĩa khác trong tuần này; giữ ít bản hơn bằng ./vanlang backup --keep.",
    ),
    "operations.disk_full": Sentence(
        "Đĩa chứa %(holds)s (%(path)s) chỉ còn %(free)s: sắp không nhận được hồ sơ.",
        "Hãy giải phóng ngay: bỏ bản sao lưu cũ, nhật ký cũ; tuyệt đối không xóa tệp trong kho tệp hay thư mục dữ liệu PostgreSQL.",
    ),
    "operations.inodes_low": Sentence(
        "Đĩa chứa %(holds)s (%(path)s) sắp hết số tệp được phép tạo, dù còn %(free)s.",
        "Hãy chuyển kho tệp sang phân vùng tạo với nhiều inode hơn.",
    ),
    "operations.store_good": Sentence("Đọc thử %(checked)s tệp, tất cả còn nguyên vẹn.", _NOTHING),
    "operations.store_damaged": Sentence(
        "%(count)s trong %(checked)s tệp đọc thử bị mất hoặc bị đổi, như %(first)s….",
        "Hãy chạy ./vanlang restore --drill để xem bản sao lưu còn lành không, kiểm tra đĩa (smartctl), rồi khôi phục các tệp đó.",
    ),
    "operations.store_closed": Sentence(
        "Kho tệp không ghi được: không ai nộp được giấy tờ.",
        "Hãy xem đĩa có bị gắn chỉ đọc không, và thư mục VANLANG_FILES_DIR có thuộc tài khoản chạy Văn Lang không.",
    ),
    "operations.backup_good": Sentence(
        "Bản sao lưu trọn vẹn gần nhất ngày %(day)s, %(hours)s giờ trước.", _NOTHING
    ),
    "operations.backup_old": Sentence(
        "Bản sao lưu gần nhất đã %(hours)s giờ (ngày %(day)s).",
        "Hãy chạy ./vanlang backup ngay, rồi xem lịch sao lưu hằng đêm (systemctl list-timers) vì sao không chạy.",
    ),
    "operations.backup_never": Sentence(
        "Chưa có bản sao lưu trọn vẹn nào.",
        "Hãy chạy ./vanlang backup key, in khóa cất vào két, rồi ./vanlang backup; sau đó bật lịch hằng đêm.",
    ),
    "operations.backup_failed": Sentence(
        "Lần sao lưu ngày %(day)s không xong: %(why)s.",
        "Hãy chạy lại ./vanlang backup và đọc câu nó in ra; các bản cũ vẫn còn.",
    ),
    "operations.backup_not_whole": Sentence(
        "Bản sao lưu ngày %(day)s đã ghi, nhưng kho tệp lúc đó có %(damaged)s tệp hỏng, %(missing)s tệp thiếu.",
        "Hãy xem mục kho tệp ở dưới; còn bản sao lưu trước thì lấy tệp lành từ đó, rồi sao lưu lại.",
    ),
    "operations.drill_good": Sentence(
        "Diễn tập khôi phục đạt gần nhất ngày %(day)s, %(days)s ngày trước.", _NOTHING
    ),
    "operations.drill_old": Sentence(
        "Diễn tập khôi phục gần nhất đã %(days)s ngày (ngày %(day)s).",
        "Hãy chạy ./vanlang restore --drill trong tuần này.",
    ),
    "operations.drill_never": Sentence(
        "Chưa diễn tập khôi phục lần nào: chưa biết bản sao lưu có dùng được không.",
        "Hãy chạy ./vanlang restore --drill.",
    ),
    "operations.drill_failed": Sentence(
        "Lần diễn tập khôi phục ngày %(day)s không đạt.",
        "Hãy sao lưu lại ngay rồi diễn tập với bản mới; đọc mục nào có dấu ✗ trong kết quả diễn tập.",
    ),
    "operations.certificates_good": Sentence("Không chứng thư nào sắp hết hạn trong 30 ngày.", _NOTHING),
    "operations.certificate_ends": Sentence(
        "Chứng thư ký của %(of)s còn %(days)s ngày (hết hạn %(day)s).",
        "Hãy gia hạn với nhà cung cấp chứng thư trước ngày đó.",
    ),
    "operations.certificate_ended": Sentence(
        "Chứng thư ký của %(of)s đã hết hạn ngày %(day)s: không ký được kết quả.",
        "Hãy cấp chứng thư mới ngay ở trang quản trị chứng thư.",
    ),
    "operations.web_certificate_ends": Sentence(
        "Chứng thư của %(of)s còn %(days)s ngày (hết hạn %(day)s).",
        "Hãy gia hạn, chép vào máy chủ rồi tải lại nginx.",
    ),
    "operations.web_certificate_ended": Sentence(
        "Chứng thư của %(of)s đã hết hạn ngày %(day)s: trình duyệt chặn người dân.",
        "Hãy gia hạn ngay, chép vào máy chủ rồi tải lại nginx.",
    ),
    "operations.web_certificate_unread": Sentence(
        "Không đọc được chứng thư của trang web.",
        "Hãy đặt VANLANG_TLS_CERTIFICATE là đường dẫn tệp PEM mà nginx đang dùng.",
    ),
    "operations.clock_good": Sentence("Đồng hồ khớp, lệch %(milliseconds)s mili giây.", _NOTHING),
    "operations.clock_off": Sentence(
        "Đồng hồ máy này lệch %(seconds)s giây so với %(other)s: giờ tiếp nhận, mã xác thực và dấu thời gian sẽ sai.",
        "Hãy bật đồng bộ giờ (timedatectl set-ntp true) trên cả hai máy.",
    ),
    "operations.clock_silent": Sentence(
        "Đồng hồ chuẩn %(other)s không trả lời.", "Hãy kiểm tra VANLANG_CLOCK_URL và đường mạng đến đó."
    ),
    "operations.clock_zone": Sentence(
        "Múi giờ của máy này không phải giờ Việt Nam, cũng không phải UTC.",
        "Hãy chạy timedatectl set-timezone Asia/Ho_Chi_Minh.",
    ),
    "operations.settings_good": Sentence("Cấu hình an toàn.", _NOTHING),
    "operations.demo": Sentence(
        "Đang chạy với dữ liệu và tài khoản trình diễn.",
        "Đừng nhập hồ sơ thật; chạy thật thì dùng DJANGO_SETTINGS_MODULE=config.settings.production.",
    ),
    "operations.debug_on": Sentence(
        "Chế độ gỡ lỗi đang bật: trang lỗi lộ mã nguồn và bí mật.", "Hãy đặt DEBUG = False và khởi động lại."
    ),
    "operations.policies_bypassed": Sentence(
        "Trang web làm việc bằng tài khoản không bị ràng buộc theo dòng dữ liệu: mất lớp bảo vệ cuối.",
        "Hãy chạy lại migrate để có vai trò vanlang_app, rồi khởi động lại; xem VANLANG_DATABASE_URL.",
    ),
    "operations.secret_short": Sentence(
        "VANLANG_SECRET_KEY quá ngắn: phiên đăng nhập có thể bị giả.",
        "Hãy đặt một chuỗi ngẫu nhiên ít nhất 40 ký tự.",
    ),
    "operations.secret_readable": Sentence(
        "Tệp bí mật mà tài khoản khác trên máy đọc được: %(paths)s.", "Hãy chạy chmod 600 cho các tệp đó."
    ),
    "operations.sealing_key_missing": Sentence(
        "Chưa đặt VANLANG_KEY_ENCRYPTION_KEY: dữ liệu niêm phong phụ thuộc khóa phiên.",
        "Hãy đặt khóa riêng trước khi có dữ liệu thật; đổi sau thì dữ liệu cũ không mở được.",
    ),
    "operations.backup_key_missing": Sentence(
        "Máy này chưa có khóa sao lưu.", "Hãy chạy ./vanlang backup key, in khóa và cất vào két."
    ),
    "operations.any_host": Sentence(
        "Máy chủ nhận mọi tên miền.", "Hãy đặt VANLANG_HOSTS đúng các tên miền của tỉnh."
    ),
    "operations.no_https": Sentence(
        "Địa chỉ công khai không phải https.",
        "Hãy đặt VANLANG_PUBLIC_URL bắt đầu bằng https:// và dùng nginx với TLS.",
    ),
    "operations.cookies_open": Sentence(
        "Phiên đăng nhập có thể đi qua đường không mã hóa.", "Hãy chạy với config.settings.production."
    ),
    "operations.stand_ins": Sentence(
        "Đang nối với hệ thống giả lập trên chính máy này: %(systems)s.",
        "Hãy đặt địa chỉ thật trong trang cấu hình trước khi nhận hồ sơ thật.",
    ),
    "operations.sample_missing": Sentence(
        "Không có mẫu thử trong cơ sở dữ liệu.",
        "Hãy sao lưu lại bằng ./vanlang backup rồi diễn tập với bản mới.",
    ),
    "operations.sample_sealed": Sentence(
        "Dữ liệu niêm phong không mở được bằng bí mật trong bản sao lưu.",
        "Hãy kiểm tra VANLANG_KEY_ENCRYPTION_KEY của máy đã sao lưu, rồi sao lưu lại ngay.",
    ),
    "operations.sample_paper": Sentence(
        "Tệp của mẫu thử không còn nguyên vẹn.",
        "Hãy sao lưu lại bằng ./vanlang backup rồi diễn tập với bản mới.",
    ),
}
