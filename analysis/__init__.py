"""Pure statistics on arrays and tables, one family a file; knows no screen, file or database.

The catalogue, by question:

- How sure is this share of residents? proportions.interval, proportions.quality
- How many answers does a figure really rest on? proportions.effective_n
- Do two shares differ? proportions.difference, proportions.difference_p_value
- How large a change, or how many answers, does it take? proportions.detectable_change, .n_needed
- Too few answers in one wave? proportions.pool
- Several areas as one? proportions.weighted
- Which way has a share gone over its waves? trends.trends
- What would a model make of a small area, and is the poorest truly the poorest? small_areas.fay_herriot,
  .chance_of_being_last
- How sure is this count of offences? rates.count_interval
- Does a rate differ from last year's? rates.rate_ratio, rates.percent_allowed
- Do counts vary more than chance? rates.dispersion
- Which of many differences are real? comparisons.benjamini_hochberg, comparisons.verdicts
- Is this quarter out of the ordinary? spc.xmr, .xmr_many, .count_chart, .c_limits
- The same by season, with limits that move where the level has? spc_steps.stepped_chart, .seasonal_factors
- The same, where populations vary? spc.laney_u
- Is this one big case rather than a trend? mass_registrations.mass_registrations
- Is this count far from its own history, up or down? unusual.far_from_history
- How does a success criterion stand? criteria.assess, .assess_counts, .assess_activity
- How sure must one of several looks be? criterion_rules.look_confidence
- Can a criterion be decided at all, and what would prove a success? decidability.prospects, .needed
- The same of a count a year? count_decidability.count_prospects
- Did an area change more than its likes? effects.ratio_of_rate_ratios
- Did trouble only move next door? effects.weighted_displacement_difference
- How many areas does it take to see an effect? effects.comparison_power, .comparison_areas_needed
- Would areas where nothing was done look the same? effects.placebo_rank
- Did the series step at the start of an initiative? time_series.interrupted_time_series
- What is a statement about an effect worth? effects.evidence_level
- Which areas are alike? similarity.similar_areas
- Where are the hotspots? hotspots.hotspots, .hotspots_many
- How many incidents would there be without hotspots? expected.expected_from_population, .expected_from_history
- Does a hotspot last? hotspots.persistence
- Was a place kept, has it moved, gone, or is it new? moves.fates
- Does a second method agree? scan.scan
- What became of a place after something was begun there? place_change.place_change, .sham_places
- Is something growing here right now? space_time.emerging_clusters, .recurrence_days
- Which ranking of cells would have foretold best? ranking.best_ranking
- How well did last year's hotspots foretell this year? prediction.back_test, .prediction_accuracy_index
- What can be shown of small counts without giving them away? disclosure.protect, .audit
"""
