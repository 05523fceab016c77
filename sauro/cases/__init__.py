"""Cases (hồ sơ công việc): anything the province owes someone, its process, tasks and clock."""
