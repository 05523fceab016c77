"""What people most often come for (thủ tục nhiều người làm), by code, most wanted first. Pure.

Chosen by us from what one-stop centres say of their days; once the province has dossiers of
its own, `measures` can order it by count.
"""

POPULAR = (
    "1.001193",  # đăng ký khai sinh
    "2.000815",  # chứng thực bản sao từ bản chính
    "2.000635",  # bản sao trích lục hộ tịch
    "1.000894",  # đăng ký kết hôn
    "1.004873",  # xác nhận tình trạng hôn nhân
    "1.004222",  # đăng ký thường trú
    "1.001612",  # đăng ký thành lập hộ kinh doanh
    "1.012787",  # sang tên đất
    "1.012753",  # giấy chứng nhận quyền sử dụng đất lần đầu
    "1.013225",  # giấy phép xây dựng mới
    "2.000884",  # chứng thực chữ ký
    "1.014061",  # căn cước từ 14 tuổi
    "3.000333",  # phiếu lý lịch tư pháp
    "1.000656",  # đăng ký khai tử
    "1.004194",  # đăng ký tạm trú
    "1.012784",  # tách thửa, hợp thửa
)
