"""Runs the program in a folder so many times, and tells how long that took and what it computed."""

import sys
import time

sys.dont_write_bytecode = True
folder, times = sys.argv[1:]
sys.path.insert(0, folder)

import program

start = time.thread_time_ns()
result = program.run(int(times))
print(time.thread_time_ns() - start, result)
