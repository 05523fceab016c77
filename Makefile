.DEFAULT_GOAL := help
.PHONY: help check test bench golden module pins
BIN := .venv/bin
PIN := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --upgrade --custom-compile-command 'make pins'

help: ## Liệt kê các lệnh này
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

check: ## Kiểm tra mã nguồn: định dạng, quy tắc, ranh giới, mẫu trang, kiểu, bảng dữ liệu
	@$(BIN)/sauro check

test: ## Mọi kiểm tra và mọi phép thử, như ./test
	@./test

bench: ## Đo tốc độ W1–W3 cạnh SQL thuần: make bench CLOSED=50000 OPEN=5000 SECONDS=5
	@$(BIN)/python -m bench --closed $(or $(CLOSED),1000000) --open $(or $(OPEN),62000) --seconds $(or $(SECONDS),10)

golden: ## Viết lại các tệp mẫu vàng (giấy tờ, câu trả lời), rồi xem lại bằng git diff
	@SAURO_GOLDEN=write $(BIN)/python -m pytest -q -m golden

module: ## Tạo phân hệ mới: make module NAME=petitions ROW=Petition TERM='phản ánh'
	@$(BIN)/sauro module '$(NAME)' '$(ROW)' '$(TERM)'

pins: ## Ghim lại phiên bản thư viện, có mã băm, không địa chỉ
	$(PIN) pyproject.toml -o requirements.txt
	$(PIN) --group dev pyproject.toml -o requirements-dev.txt
	$(PIN) --group pyproject.toml:installer -o requirements-uv.txt
