"""The five campaigns of public documents as facts: names, numbers, dates and quoted titles are theirs.

Criteria are ours: the documents ask for "concrete, clear, quantitative" ones and leave them to the agency.
"""

from datetime import date

# sheet: [(group, [(criterion, kind, points, target, unit of measure)])]; every sheet totals 100. With the scale
# "weights" the points are what ten of ten count.
YES = "yes_no"

C1 = {
    "agency": {
        "name": "Văn phòng UBND tỉnh Lai Châu",
        "city": "Lai Châu",
        "emulation_parent_agency": "UBND tỉnh Lai Châu",
    },
    "units": ["Phòng Hành chính - Tổ chức", "Ban Tiếp công dân", "Trung tâm Phục vụ hành chính công"],
    "standing_unit": "Phòng Hành chính - Tổ chức",
    "above": {
        "name": "Phong trào thi đua của tỉnh Lai Châu giai đoạn 2021 - 2025",
        "kind": "thematic",
        "date_start": date(2021, 1, 1),
        "date_end": date(2025, 12, 31),
        "purpose": "Hoàn thành kế hoạch từng năm và cả giai đoạn",
        "scope": "Các cơ quan, đơn vị, địa phương trong tỉnh",
        "audience": "Tập thể và cá nhân trong toàn tỉnh",
    },
    "above_document": {
        "kind": "directive",
        "number": "09",
        "symbol": "CT-UBND",
        "issue_date": date(2021, 8, 11),
    },
    "campaign": {
        "name": "Phong trào thi đua 5 năm 2021 - 2025",
        "kind": "thematic",
        "theme": (
            "Đoàn kết, kỷ cương, trách nhiệm, đổi mới, sáng tạo thi đua thực hiện thắng lợi nhiệm vụ chính trị góp "
            "phần thực hiện thắng lợi nhiệm vụ phát triển kinh tế - xã hội hàng năm và Kế hoạch 5 năm (2021 - 2025)"
        ),
        "purpose": "Cụ thể hóa phong trào của tỉnh, bám sát chủ đề của khối thi đua",
        "scope": "Các phòng, ban, trung tâm của Văn phòng",
        "audience": "Cán bộ, công chức, viên chức và người lao động; tham gia tự nguyện",
        "registration_required": False,
        "date_start": date(2021, 1, 1),
        "date_end": date(2025, 12, 31),
    },
    "document": {
        "kind": "letter",
        "issue_date": date(2022, 1, 17),
        "place": "Lai Châu",
    },
    "contents": [
        ("Triển khai đến mọi người", "Trưởng phòng, ban, giám đốc trung tâm phổ biến đến từng người."),
        ("Đề nghị khen thưởng kịp thời", "Cả trong phong trào của tỉnh và phong trào riêng của Văn phòng."),
        (
            "Theo dõi, sơ kết, tổng kết",
            "Hướng dẫn, thẩm định hồ sơ chính xác, kịp thời; định kỳ báo cáo cấp trên.",
        ),
    ],
    "bases": [
        ("directive", "09/CT-UBND", date(2021, 8, 11), "UBND tỉnh", "Chỉ thị số 09/CT-UBND"),
        (
            "resolution",
            False,
            False,
            False,
            "Nghị quyết Đại hội Đảng bộ tỉnh Lai Châu lần thứ XIV, nhiệm kỳ 2020 - 2025",
        ),
        ("resolution", "39/2020/NQ-HĐND", date(2020, 12, 13), "HĐND tỉnh", "Nghị quyết số 39/2020/NQ-HĐND"),
    ],
    "occasions": [],
    "sheet": [
        ("Nhiệm vụ chuyên môn", [
            ("Văn bản tham mưu đúng hạn", "quantity", 40, 100, "%"),
            ("Văn bản không phải trình lại", "quantity", 20, 95, "%"),
        ]),
        ("Kỷ cương, sáng tạo", [
            ("Chấp hành quy chế cơ quan", "rating", 25, 0, ""),
            ("Tham gia đầy đủ các đợt thi đua", YES, 15, 0, ""),
        ]),
    ],
    "awards": [("Giấy khen của Chánh Văn phòng", 10), ("Bằng khen của Chủ tịch UBND tỉnh", 3)],
    "milestones": [(date(2023, 12, 31), "Sơ kết giữa giai đoạn"), (date(2025, 12, 31), "Tổng kết")],
    "reviews": [
        ("interim", date(2021, 1, 1), date(2023, 12, 31)),
        ("final", date(2021, 1, 1), date(2025, 12, 31)),
    ],
}  # fmt: skip

C2 = {
    "agency": {
        "name": "Văn phòng UBND tỉnh Lào Cai",
        "city": "Lào Cai",
        "emulation_parent_agency": "UBND tỉnh Lào Cai",
    },
    "units": ["Phòng Tổ chức - Cán bộ", "Phòng Quản trị - Tài vụ"],
    "standing_unit": "Phòng Tổ chức - Cán bộ",
    "campaign": {
        "name": "Phong trào thi đua năm 2022",
        "kind": "regular",
        "purpose": "Hoàn thành nhiệm vụ năm 2022",
        "scope": "Văn phòng UBND tỉnh",
        "audience": "100 % công chức, viên chức, người lao động",
        "date_start": date(2022, 1, 1),
        "date_end": date(2022, 12, 31),
    },
    "document": {
        "kind": "letter",
        "number": "162",
        "symbol": "VPUBND-TCHC",
        "place": "Lào Cai",
    },
    "below": [
        {"kind": "phase", "name": "Thi đua theo đợt chào mừng các ngày kỷ niệm"},
        {
            "kind": "thematic",
            "name": "Thi đua theo chuyên đề văn hóa công sở",
            "theme": "Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở",
            "date_start": date(2019, 1, 1),
            "date_end": date(2025, 12, 31),
        },
        {
            "kind": "special",
            "name": "Phong trào đặc biệt phòng, chống dịch",
            "theme": "Lào Cai đoàn kết, chung sức, đồng lòng thi đua phòng, chống và chiến thắng đại dịch COVID - 19",
        },
        {"kind": "ad_hoc", "name": "Thi đua đột xuất"},
    ],
    "contents": [
        ("Tổ chức các phong trào thi đua", ""),
        ("Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", ""),
        ("Thực hiện văn hóa công sở", "Giai đoạn 2019 - 2025."),
        ("Giáo dục chính trị", "100 % công chức, người lao động học tập chỉ thị và pháp luật."),
        ("Tiết kiệm", "Tài sản công, điện, nước và thời giờ làm việc."),
        ("An toàn, vệ sinh lao động; môi trường xanh, sạch, đẹp", ""),
        ("An toàn giao thông, không đốt pháo, không tệ nạn xã hội", ""),
        ("Phòng, chống đại dịch COVID - 19", ""),
        ("Xây dựng Đảng", ""),
        ("Kiểm tra, giám sát, sơ kết, tổng kết, khen thưởng kịp thời", ""),
    ],
    "bases": [("law", False, date(2003, 11, 26), False, "Luật Thi đua, khen thưởng")],
    "occasions": [
        ("75 năm thành lập Đảng bộ tỉnh", False, date(2022, 3, 5)),
        ("91 năm thành lập Đoàn Thanh niên Cộng sản Hồ Chí Minh", False, date(2022, 3, 26)),
    ],
    "sheet": [
        ("Học tập và nhiệm vụ", [
            ("Học tập chỉ thị và pháp luật", "quantity", 40, 100, "%"),
            ("Công việc hoàn thành đúng hạn", "quantity", 30, 100, "%"),
        ]),
        ("Văn hóa công sở", [
            ("Quy tắc ứng xử", "rating", 20, 0, ""),
            ("Không vi phạm giao thông, pháo nổ, tệ nạn", YES, 10, 0, ""),
        ]),
    ],
    "awards": [("Giấy khen năm 2022", 20)],
    "milestones": [(date(2022, 6, 30), "Sơ kết 6 tháng")],
    "reviews": [
        ("interim", date(2022, 1, 1), date(2022, 6, 30)),
        ("final", date(2022, 1, 1), date(2022, 12, 31)),
    ],
}  # fmt: skip

C3 = {
    "agency": {
        "name": "Sở Công Thương tỉnh Lai Châu",
        "city": "Lai Châu",
        "emulation_parent_agency": "UBND tỉnh Lai Châu",
    },
    "units": ["Văn phòng Sở", "Phòng Quản lý thương mại"],
    "standing_unit": "Văn phòng Sở",
    "campaign": {
        "name": "Phong trào thi đua đặc biệt năm 2023",
        "kind": "special",
        "theme": (
            "Thi đua đổi mới, sáng tạo, lập thành tích cao nhất chào mừng kỷ niệm 115 năm thành lập tỉnh "
            "(28/6/1909 - 28/6/2024), 75 năm thành lập Đảng bộ tỉnh (10/10/1949-10/10/2024), 70 năm ngày Bác Hồ gửi "
            "thư cho đồng bào và cán bộ Lai Châu (12/12/1953 - 12/12/2023) và 20 năm chia tách, thành lập tỉnh "
            "(01/01/2004- 01/01/2024)"
        ),
        "purpose": "Tiêu chí cụ thể, rõ ràng, định lượng; hoàn thành nhiệm vụ của ngành",
        "scope": "Các phòng, đơn vị thuộc Sở",
        "audience": "Toàn thể công chức, viên chức, người lao động; các đoàn thể phối hợp",
        "date_start": date(2023, 6, 1),
        "date_end": date(2023, 10, 30),
    },
    "document": {
        "kind": "letter",
        "signer_title": "GIÁM ĐỐC",
        "place": "Lai Châu",
    },
    "contents": [
        ("Đạt và vượt chỉ tiêu được giao", "Tiết kiệm ngân sách, cải cách hành chính, xúc tiến thương mại, "
         "“Chung sức xây dựng nông thôn mới” và OCOP."),
        ("Thực hành tiết kiệm, chống lãng phí", ""),
        ("Khoa học, công nghệ và chuyển đổi số", ""),
        (
            "Thể thao, phòng dịch, chăm lo người nghèo",
            "“Cả nước chung tay vì người nghèo - không để ai bị bỏ lại phía sau”.",
        ),
        ("Tài nguyên và môi trường", ""),
        ("Xây dựng Đảng, công tác cán bộ", "Kiến nghị của công dân; phòng, chống tham nhũng."),
        ("Kỷ luật, sáng kiến và điển hình tiên tiến", "Phát hiện, bồi dưỡng, nhân rộng."),
    ],
    "bases": [
        ("directive", "34-CT/TW", date(2014, 4, 7), "Bộ Chính trị", "Chỉ thị số 34-CT/TW"),
        ("directive", "32-CT/TU", date(2014, 6, 26), "Tỉnh ủy", "Chỉ thị số 32-CT/TU"),
        ("letter", "1954/UBND-TH", date(2023, 5, 30), "UBND tỉnh", "Công văn số 1954/UBND-TH"),
    ],
    "executed": ["1954/UBND-TH"],
    "occasions": [
        ("115 năm thành lập tỉnh", date(1909, 6, 28), date(2024, 6, 28)),
        ("75 năm thành lập Đảng bộ tỉnh", date(1949, 10, 10), date(2024, 10, 10)),
        ("70 năm ngày Bác Hồ gửi thư", date(1953, 12, 12), date(2023, 12, 12)),
        ("20 năm chia tách, thành lập tỉnh", date(2004, 1, 1), date(2024, 1, 1)),
    ],
    "scale": "weights",
    "sheet": [
        ("Chỉ tiêu", [
            ("Nhiệm vụ hoàn thành đúng hoặc trước hạn", "quantity", 35, 100, "%"),
            ("Hồ sơ thủ tục hành chính đúng hạn", "quantity", 25, 100, "%"),
        ]),
        ("Sáng tạo", [
            ("Sáng kiến được công nhận", "quantity", 25, 1, "sáng kiến"),
            ("Thực hành tiết kiệm", "rating", 15, 0, ""),
        ]),
    ],
    "awards": [("Giấy khen của Giám đốc Sở", 15), ("Bằng khen do cấp trên tặng", 2)],
    "milestones": [(date(2023, 10, 30), "Kết thúc đợt thi đua")],
    "reviews": [("final", date(2023, 6, 1), date(2023, 10, 30))],
}  # fmt: skip

C4 = {
    "agency": {"name": "Trường Chính trị tỉnh Lai Châu", "city": "Lai Châu"},
    "units": ["Phòng Tổ chức, hành chính", "Khoa Lý luận cơ sở", "Khoa Xây dựng Đảng"],
    "standing_unit": "Phòng Tổ chức, hành chính",
    "signer": "Nguyễn Tiến Tăng",
    "campaign": {
        "name": "Phong trào thi đua 2021 - 2025",
        "kind": "thematic",
        "theme": (
            "Kỷ cương, trách nhiệm, đổi mới, sáng tạo thi đua thực hiện thắng lợi nhiệm vụ phát triển kinh tế - xã hội "
            "hàng năm và Kế hoạch 5 năm (2021-2025) theo Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIV nhiệm kỳ 2020-2025"
        ),
        "purpose": "Hoàn thành nhiệm vụ đào tạo, bồi dưỡng và nghiên cứu",
        "scope": "Các khoa, phòng của Trường",
        "audience": "Viên chức, giảng viên, người lao động",
        "date_start": date(2021, 8, 24),
        "date_end": date(2025, 12, 31),
    },
    "document": {
        "kind": "letter",
        "issue_date": date(2021, 8, 24),
        "place": "Lai Châu",
        "signer_title": "HIỆU TRƯỞNG",
        "recipient_lines": (
            "Ban TĐKT Sở Nội vụ\nTrường CĐCĐ (Trưởng Khối thi đua)\nBan Lãnh đạo Trường\nCác khoa, phòng\n"
            "Trang thông tin điện tử của Trường\nLưu: VT, TĐKT"
        ),
    },
    "contents": [
        ("Tuyên truyền, pháp luật về thi đua, khen thưởng", ""),
        ("Phong trào thiết thực", "4 nhiệm vụ đột phá và 4 chương trình trọng điểm."),
        (
            "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
            "Xây dựng Đảng, kiểm tra, phòng, chống tham nhũng.",
        ),
        (
            "Chất lượng khen thưởng",
            "Chính xác, kịp thời, công khai, minh bạch, tương xứng; ứng dụng công nghệ thông tin.",
        ),
        ("Phòng, chống COVID-19", ""),
    ],
    "bases": [("directive", "02/CT-UBND", date(2021, 8, 11), "UBND tỉnh Lai Châu", "Chỉ thị số 02/CT-UBND")],
    "executed": ["02/CT-UBND"],
    "occasions": [],
    "sheet": [
        ("Giảng dạy", [
            ("Giờ giảng đạt định mức", "quantity", 45, 100, "%"),
            ("Đề tài, bài báo khoa học", "quantity", 20, 1, "công trình"),
        ]),
        ("Nền nếp", [
            ("Kỷ cương trường Đảng", "rating", 25, 0, ""),
            ("Bảo đảm phòng, chống dịch", YES, 10, 0, ""),
        ]),
    ],
    "awards": [("Giấy khen của Hiệu trưởng", 8)],
    "milestones": [],
    "reviews": [
        ("interim", date(2021, 8, 24), date(2022, 8, 31)),
        ("final", date(2021, 8, 24), date(2025, 12, 31)),
    ],
}  # fmt: skip

C5 = {
    "agency": {"name": "Ủy ban nhân dân tỉnh Bạc Liêu", "city": "Bạc Liêu"},
    "units": ["Sở Nội vụ", "Liên đoàn Lao động tỉnh", "Thành phố Bạc Liêu"],
    "standing_unit": "Sở Nội vụ",
    "block": "Khối các sở, ban, ngành",
    "campaign": {
        "name": "Phong trào thi đua năm 2021",
        "kind": "regular",
        "theme": "Thực hiện mục tiêu kép: phòng, chống dịch và phát triển sản xuất",
        "purpose": "Đến từng cán bộ, công nhân, người dân; vượt mọi chỉ tiêu được giao; nhân rộng điển hình",
        "scope": "Các sở, ban, ngành, đoàn thể, địa phương; các cụm, khối thi đua",
        "audience": "Tập thể, cá nhân trong toàn tỉnh",
        "date_start": date(2021, 1, 1),
        "date_end": date(2021, 12, 31),
    },
    "document": {
        "kind": "plan",
        "issue_date": date(2021, 3, 8),
        "place": "Bạc Liêu",
    },
    "contents": [
        ("Đánh giá nhiệm vụ, chỉ tiêu", "Giải pháp để đạt, vượt từng chỉ tiêu đến cuối năm 2021."),
        ("Mục tiêu kép", "Vừa phòng, chống dịch vừa sản xuất."),
        ("Phát động ở các sở, ban, ngành, đoàn thể, địa phương", ""),
        ("Cơ quan thường trực từng chuyên đề", "Phối hợp Sở Nội vụ sơ kết, tổng kết, khen thưởng kịp thời."),
        ("Cụm, khối thi đua", "Đúng thành tích, đúng đối tượng, kịp thời."),
    ],
    "bases": [("law", False, date(2003, 11, 26), False, "Luật Thi đua, khen thưởng")],
    "occasions": [],
    "sheet": [
        ("Chỉ tiêu", [
            ("Chỉ tiêu kinh tế - xã hội đạt và vượt", "quantity", 50, 100, "%"),
            ("Kiểm soát dịch bệnh", "rating", 20, 0, ""),
        ]),
        ("Phong trào", [
            ("Mô hình được nhân rộng", "quantity", 30, 3, "mô hình"),
        ]),
    ],
    "awards": [("Cờ thi đua của tỉnh", 5), ("Bằng khen của tỉnh", 40)],
    "milestones": [(date(2021, 12, 31), "Tổng kết năm")],
    "reviews": [("final", date(2021, 1, 1), date(2021, 12, 31))],
}  # fmt: skip
