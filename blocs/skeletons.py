"""The texts a paper of a bloc begins with: written for this system, to be read, changed and completed by the office.

`{bloc}` is the bloc's full name, `{word}` what it is called inside the text ("khối" or "cụm"), `{Word}` the same with a
capital, `{province}` the province or city with its word. One line is one paragraph of the paper.
"""
# ruff: noqa: E501

DECISION_GROUNDS = """Căn cứ Luật Thi đua, khen thưởng
Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền trong lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành một số điều của Luật Thi đua, khen thưởng"""

# The grounds of a year that was over before the decree of 2025 (CLK-4).
EARLIER_GROUNDS = "Căn cứ Luật Thi đua, khen thưởng"

DIVISION_DUTIES = """1. Các cụm, khối thi đua hoạt động theo nguyên tắc tự nguyện, công khai, dân chủ; trưởng khối, phó khối do các đơn vị thành viên luân phiên đảm nhiệm theo năm.
2. Đơn vị giữ chức trưởng khối xây dựng kế hoạch, giao ước thi đua, tổ chức hội nghị, kiểm tra, bình xét và gửi báo cáo, hồ sơ đề nghị khen thưởng của khối đúng thời hạn; đơn vị giữ chức phó khối phối hợp và thay mặt trưởng khối khi được giao.
3. Các đơn vị thành viên đăng ký, ký kết và thực hiện giao ước thi đua; tham dự hội nghị, báo cáo kết quả và tham gia bình xét.
4. Cơ quan thường trực Hội đồng Thi đua - Khen thưởng hướng dẫn, theo dõi, đôn đốc hoạt động của các cụm, khối thi đua; tổng hợp, báo cáo theo quy định."""

DIVISION_IMPLEMENTATION = (
    "Thủ trưởng các cơ quan, đơn vị có tên trong danh sách và các cơ quan, tổ chức có liên quan chịu trách nhiệm thi hành "
    "Quyết định này."
)

REGULATION = """Chương I
Quy định chung
Điều 1. Phạm vi điều chỉnh, đối tượng áp dụng
1. Quy chế này quy định tổ chức, nội dung và chế độ hoạt động của {bloc} (sau đây gọi là {word}).
2. Quy chế áp dụng đối với các đơn vị thành viên của {word} và các tập thể, cá nhân có liên quan.
Điều 2. Nguyên tắc hoạt động
1. Tự nguyện, công khai, dân chủ, bình đẳng; quyết định theo đa số.
2. Chịu sự hướng dẫn của Hội đồng Thi đua - Khen thưởng {province} và cơ quan thường trực Hội đồng.
3. {Word} không có con dấu, biên chế, kinh phí riêng; văn bản của {word} do đơn vị giữ chức trưởng {word} ban hành.
Chương II
Tổ chức của {word}
Điều 3. Đơn vị thành viên
Danh sách đơn vị thành viên thực hiện theo quyết định của cấp có thẩm quyền; khi sáp nhập, chia tách, đổi tên thì đơn vị kế thừa tiếp tục tham gia {word}.
Điều 4. Trưởng {word}, phó {word}
1. {Word} có một trưởng {word} và ít nhất một phó {word} là các đơn vị thành viên, do hội nghị tổng kết năm bầu hoặc luân phiên.
2. Thủ trưởng đơn vị giữ chức là người đại diện; khi thay đổi thủ trưởng, người kế nhiệm tiếp tục đảm nhiệm.
Điều 5. Nhiệm kỳ
Nhiệm kỳ của trưởng {word}, phó {word} là một năm thi đua, tính từ khi nhận bàn giao đến khi bàn giao cho đơn vị kế nhiệm.
Chương III
Nội dung hoạt động
Điều 6. Giao ước thi đua
1. Hằng năm, {word} xây dựng giao ước thi đua với các nội dung, chỉ tiêu cụ thể; mọi đơn vị thành viên cùng ký kết.
2. Giao ước đã ký chỉ được sửa đổi bằng bản mới có đủ chữ ký của các đơn vị thành viên.
Điều 7. Hoạt động chung của {word}
1. Phát động, hưởng ứng các phong trào thi đua theo chủ đề của năm.
2. Trao đổi kinh nghiệm, giới thiệu mô hình hay, cách làm hiệu quả; tổ chức giao lưu, hoạt động an sinh xã hội.
3. Phát hiện, bồi dưỡng và nhân rộng điển hình tiên tiến.
Chương IV
Chế độ làm việc
Điều 8. Hội nghị
1. {Word} họp định kỳ mỗi năm: ký kết giao ước, sơ kết 6 tháng, tổng kết năm; khi cần có thể họp bất thường.
2. Hội nghị hợp lệ khi có ít nhất hai phần ba số đơn vị thành viên dự; nội dung hội nghị được ghi biên bản.
Điều 9. Chế độ báo cáo
1. Đơn vị thành viên gửi báo cáo, bảng tự chấm điểm cho trưởng {word} trước hội nghị ít nhất 07 ngày làm việc.
2. Trưởng {word} tổng hợp, báo cáo cơ quan thường trực Hội đồng trong thời hạn quy định.
Điều 10. Quản lý hồ sơ
Hồ sơ của {word} do trưởng {word} quản lý và bàn giao đầy đủ cho đơn vị kế nhiệm bằng biên bản.
Chương V
Nhiệm vụ, quyền hạn
Điều 11. Trưởng {word}
1. Xây dựng kế hoạch, giao ước, tiêu chí chấm điểm; chủ trì các hội nghị của {word}.
2. Tổ chức kiểm tra chéo, bình xét; ký và gửi báo cáo, hồ sơ đề nghị khen thưởng.
3. Đại diện {word} làm việc với Hội đồng Thi đua - Khen thưởng {province}.
Điều 12. Phó {word}
Giúp trưởng {word} thực hiện nhiệm vụ; thay mặt trưởng {word} khi được giao.
Điều 13. Đơn vị thành viên
1. Đăng ký, ký kết, thực hiện giao ước; tự chấm điểm và cung cấp tài liệu minh chứng trung thực, đúng hạn.
2. Tham dự hội nghị, thảo luận, biểu quyết; được đề xuất, kiến nghị về hoạt động của {word}.
Điều 14. Tổ giúp việc
Trưởng {word} lập tổ giúp việc gồm công chức làm công tác thi đua, khen thưởng của các đơn vị trưởng, phó {word} và một số đơn vị thành viên.
Chương VI
Chấm điểm, bình xét, suy tôn
Điều 15. Chấm điểm
1. Việc chấm điểm theo bảng tiêu chí đã được hội nghị thông qua, gồm tự chấm, kiểm tra chéo và {word} chấm.
2. Đơn vị không ký giao ước hoặc không chấm điểm thì không xếp hạng.
Điều 16. Bình xét, suy tôn
1. Hội nghị tổng kết bình xét công khai, bỏ phiếu suy tôn đơn vị dẫn đầu và đề nghị khen thưởng trong số lượng được phân bổ.
2. Kết quả bình xét được ghi vào biên bản và gửi kèm hồ sơ đề nghị khen thưởng.
Chương VII
Tổ chức thực hiện
Điều 17. Trách nhiệm thi hành
Các đơn vị thành viên tổ chức thực hiện Quy chế này; trưởng {word} theo dõi, đôn đốc việc thực hiện.
Điều 18. Sửa đổi, bổ sung
Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về trưởng {word} để trình hội nghị xem xét, sửa đổi, bổ sung."""

REGULATION_IMPLEMENTATION = "Các đơn vị thành viên {bloc} chịu trách nhiệm thi hành Quyết định này."

PLAN_PURPOSE = """1. Tổ chức có hiệu quả các phong trào thi đua yêu nước, góp phần hoàn thành nhiệm vụ chính trị được giao của từng đơn vị thành viên.
2. Hoạt động của {word} thiết thực, đúng quy chế; bảo đảm công khai, dân chủ, tiết kiệm."""

PLAN_CONTENTS = """1. Xây dựng, ký kết và thực hiện giao ước thi đua; các đơn vị đăng ký danh hiệu thi đua, hình thức khen thưởng.
2. Phát động, hưởng ứng các phong trào thi đua; trao đổi kinh nghiệm, nhân rộng điển hình tiên tiến.
3. Tổ chức sơ kết 6 tháng, kiểm tra chéo, chấm điểm, tổng kết, bình xét và đề nghị khen thưởng."""

PLAN_ASSIGNMENT = """1. Đơn vị giữ chức trưởng {word} chủ trì triển khai, theo dõi, đôn đốc việc thực hiện Kế hoạch; tổng hợp, báo cáo theo quy định.
2. Đơn vị giữ chức phó {word} phối hợp với trưởng {word} chuẩn bị nội dung các hội nghị và hoạt động chung.
3. Các đơn vị thành viên căn cứ Kế hoạch này tổ chức thực hiện, báo cáo kết quả về trưởng {word}."""
