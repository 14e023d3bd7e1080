test:
	python3 -m compileall -q watchward
.PHONY: test
