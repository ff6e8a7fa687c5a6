from hypothesis import HealthCheck, settings

# The same examples in every run, so that a change of the code is what makes a law fail; no files left behind.
settings.register_profile(
    "laws", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("laws")
