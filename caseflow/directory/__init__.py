"""Region, district, school, room, class, pupil, guardians, agencies, memberships, timetable, imports."""
