//! Programs of memory management with the output of CPython 3.11, byte for byte.
//!
//! Each file is a Python program, translated line by line; what CPython prints for it is recorded in `tests/golden`.
//! `out!` is `print`, `drop(x)` is `del x`, a class attribute or a global is a thread-local variable. Where the order
//! shows in which a function's variables die it is spelled out: Python releases them in the order in which they were first
//! bound, Rust in reverse. Lists are `Vec`s where nobody can tell, else [`python::List`]s, which are objects as in Python.
// Classes have fields that nobody reads; variables are bound anew to see the old object die.
#![allow(dead_code, unused_assignments)]

mod python;

#[path = "208_api_callbacks_order_and_errors.rs"]
mod api_callbacks_order_and_errors;
#[path = "201_api_collect_argument.rs"]
mod api_collect_argument;
#[path = "218_api_collect_inside_callback.rs"]
mod api_collect_inside_callback;
#[path = "219_api_debug_flags.rs"]
mod api_debug_flags;
#[path = "200_api_enable_disable.rs"]
mod api_enable_disable;
#[path = "222_api_freeze_then_collect_new.rs"]
mod api_freeze_then_collect_new;
#[path = "211_api_garbage_is_a_list.rs"]
mod api_garbage_is_a_list;
#[path = "203_api_generation_counts.rs"]
mod api_generation_counts;
#[path = "215_api_is_tracked.rs"]
mod api_is_tracked;
#[path = "216_api_live_census.rs"]
mod api_live_census;
#[path = "217_api_objects_by_generation.rs"]
mod api_objects_by_generation;
#[path = "210_api_saveall.rs"]
mod api_saveall;
#[path = "202_api_stats_delta.rs"]
mod api_stats_delta;
#[path = "220_api_stats_ignore_resurrected.rs"]
mod api_stats_ignore_resurrected;
#[path = "221_api_sum_of_returns.rs"]
mod api_sum_of_returns;
#[path = "206_api_threshold_zero.rs"]
mod api_threshold_zero;
#[path = "205_api_thresholds.rs"]
mod api_thresholds;
#[path = "173_cycle_across_generations.rs"]
mod cycle_across_generations;
#[path = "166_cycle_acyclic_not_counted.rs"]
mod cycle_acyclic_not_counted;
#[path = "175_cycle_collected_twice_nothing.rs"]
mod cycle_collected_twice_nothing;
#[path = "168_cycle_disable_keeps_refcounting.rs"]
mod cycle_disable_keeps_refcounting;
#[path = "163_cycle_doubly_linked.rs"]
mod cycle_doubly_linked;
#[path = "159_cycle_figure_eight.rs"]
mod cycle_figure_eight;
#[path = "172_cycle_generations.rs"]
mod cycle_generations;
#[path = "183_cycle_growing_and_pruning.rs"]
mod cycle_growing_and_pruning;
#[path = "176_cycle_inheritance.rs"]
mod cycle_inheritance;
#[path = "152_cycle_list.rs"]
mod cycle_list;
#[path = "171_cycle_long_ring.rs"]
mod cycle_long_ring;
#[path = "170_cycle_many_small.rs"]
mod cycle_many_small;
#[path = "177_cycle_mutated_between_collections.rs"]
mod cycle_mutated_between_collections;
#[path = "174_cycle_old_garbage_keeps_young.rs"]
mod cycle_old_garbage_keeps_young;
#[path = "181_cycle_partial_release.rs"]
mod cycle_partial_release;
#[path = "151_cycle_ring_sizes.rs"]
mod cycle_ring_sizes;
#[path = "182_cycle_self_in_own_containers.rs"]
mod cycle_self_in_own_containers;
#[path = "150_cycle_self_loop.rs"]
mod cycle_self_loop;
#[path = "167_cycle_tail_counted.rs"]
mod cycle_tail_counted;
#[path = "155_cycle_through_containers.rs"]
mod cycle_through_containers;
#[path = "154_cycle_tuple.rs"]
mod cycle_tuple;
#[path = "178_cycle_weak_back_edge.rs"]
mod cycle_weak_back_edge;
#[path = "148_del_attach_new_object_to_cycle.rs"]
mod del_attach_new_object_to_cycle;
#[path = "100_del_basic.rs"]
mod del_basic;
#[path = "123_del_breaks_own_cycle.rs"]
mod del_breaks_own_cycle;
#[path = "115_del_called_directly.rs"]
mod del_called_directly;
#[path = "110_del_creates_cycle.rs"]
mod del_creates_cycle;
#[path = "109_del_creates_objects.rs"]
mod del_creates_objects;
#[path = "143_del_cycle_and_refcount_mix.rs"]
mod del_cycle_and_refcount_mix;
#[path = "149_del_deep_ownership_through_del.rs"]
mod del_deep_ownership_through_del;
#[path = "125_del_exception_in_cycle.rs"]
mod del_exception_in_cycle;
#[path = "102_del_exception_is_unraisable.rs"]
mod del_exception_is_unraisable;
#[path = "142_del_global_counter_invariant.rs"]
mod del_global_counter_invariant;
#[path = "119_del_interleaved_cycles.rs"]
mod del_interleaved_cycles;
#[path = "105_del_internal_try.rs"]
mod del_internal_try;
#[path = "126_del_is_finalized.rs"]
mod del_is_finalized;
#[path = "130_del_loop_in_list_of_survivors.rs"]
mod del_loop_in_list_of_survivors;
#[path = "133_del_mixed_with_and_without.rs"]
mod del_mixed_with_and_without;
#[path = "136_del_new_reference_inside_then_dropped.rs"]
mod del_new_reference_inside_then_dropped;
#[path = "141_del_order_depends_on_last_owner.rs"]
mod del_order_depends_on_last_owner;
#[path = "116_del_order_in_cycle_is_creation.rs"]
mod del_order_in_cycle_is_creation;
#[path = "117_del_owner_created_first.rs"]
mod del_owner_created_first;
#[path = "135_del_reachable_from_cycle_not_garbage.rs"]
mod del_reachable_from_cycle_not_garbage;
#[path = "106_del_resurrect.rs"]
mod del_resurrect;
#[path = "145_del_resurrect_by_closure.rs"]
mod del_resurrect_by_closure;
#[path = "131_del_resurrect_into_field_of_other.rs"]
mod del_resurrect_into_field_of_other;
#[path = "107_del_resurrect_keeps_children.rs"]
mod del_resurrect_keeps_children;
#[path = "122_del_resurrect_part_of_garbage.rs"]
mod del_resurrect_part_of_garbage;
#[path = "132_del_resurrection_makes_cycle.rs"]
mod del_resurrection_makes_cycle;
#[path = "137_del_saved_then_removed_inside.rs"]
mod del_saved_then_removed_inside;
#[path = "108_del_saves_child_not_self.rs"]
mod del_saves_child_not_self;
#[path = "140_del_tree_with_lists.rs"]
mod del_tree_with_lists;
#[path = "128_del_triggers_other_deaths.rs"]
mod del_triggers_other_deaths;
#[path = "476_exit_thread_locals.rs"]
mod exit_thread_locals;
#[path = "503_prog_dom_tree.rs"]
mod prog_dom_tree;
#[path = "500_prog_doubly_linked_list.rs"]
mod prog_doubly_linked_list;
#[path = "502_prog_observer.rs"]
mod prog_observer;
#[path = "515_prog_persistent_map.rs"]
mod prog_persistent_map;
#[path = "516_prog_random_graph_model.rs"]
mod prog_random_graph_model;
#[path = "504_prog_tarjan_scc.rs"]
mod prog_tarjan_scc;
#[path = "010_rc_alias.rs"]
mod rc_alias;
#[path = "015_rc_bound_method.rs"]
mod rc_bound_method;
#[path = "011_rc_call_argument.rs"]
mod rc_call_argument;
#[path = "012_rc_containers.rs"]
mod rc_containers;
#[path = "013_rc_fields.rs"]
mod rc_fields;
#[path = "023_rc_inherited_fields.rs"]
mod rc_inherited_fields;
#[path = "018_rc_list_copies.rs"]
mod rc_list_copies;
#[path = "014_rc_method_self.rs"]
mod rc_method_self;
#[path = "022_rc_two_way_graph.rs"]
mod rc_two_way_graph;
#[path = "020_rc_weakref_free.rs"]
mod rc_weakref_free;
#[path = "087_reentry_callback_list.rs"]
mod reentry_callback_list;
#[path = "080_reentry_clear_then_append.rs"]
mod reentry_clear_then_append;
#[path = "088_reentry_death_inside_comparison.rs"]
mod reentry_death_inside_comparison;
#[path = "091_reentry_del_allocates_many.rs"]
mod reentry_del_allocates_many;
#[path = "082_reentry_field_assignment.rs"]
mod reentry_field_assignment;
#[path = "084_reentry_list_modified_during_loop.rs"]
mod reentry_list_modified_during_loop;
#[path = "092_reentry_property_of_dying_owner.rs"]
mod reentry_property_of_dying_owner;
#[path = "086_reentry_self_dropped_in_method.rs"]
mod reentry_self_dropped_in_method;
#[path = "044_scope_argument_temporaries.rs"]
mod scope_argument_temporaries;
#[path = "052_scope_cascade_top_down.rs"]
mod scope_cascade_top_down;
#[path = "064_scope_comprehension.rs"]
mod scope_comprehension;
#[path = "065_scope_conditional_init.rs"]
mod scope_conditional_init;
#[path = "045_scope_expression_temporaries.rs"]
mod scope_expression_temporaries;
#[path = "050_scope_fields_in_order.rs"]
mod scope_fields_in_order;
#[path = "051_scope_inherited_fields_order.rs"]
mod scope_inherited_fields_order;
#[path = "056_scope_linked_list_walk.rs"]
mod scope_linked_list_walk;
#[path = "048_scope_list_edits.rs"]
mod scope_list_edits;
#[path = "076_scope_list_rearranging.rs"]
mod scope_list_rearranging;
#[path = "040_scope_locals_in_order.rs"]
mod scope_locals_in_order;
#[path = "054_scope_loop_rebinding.rs"]
mod scope_loop_rebinding;
#[path = "046_scope_method_on_temporary.rs"]
mod scope_method_on_temporary;
#[path = "071_scope_nested_call_frames.rs"]
mod scope_nested_call_frames;
#[path = "066_scope_none_assignment.rs"]
mod scope_none_assignment;
#[path = "068_scope_replace_in_container.rs"]
mod scope_replace_in_container;
#[path = "043_scope_return_value_survives.rs"]
mod scope_return_value_survives;
#[path = "053_scope_shared_child.rs"]
mod scope_shared_child;
#[path = "079_scope_short_circuit.rs"]
mod scope_short_circuit;
#[path = "074_scope_top_level.rs"]
mod scope_top_level;
#[path = "057_scope_tuple_assignment.rs"]
mod scope_tuple_assignment;
#[path = "006_seed_best_practices.rs"]
mod seed_best_practices;
#[path = "002_seed_cycle_del.rs"]
mod seed_cycle_del;
#[path = "003_seed_generate_nums.rs"]
mod seed_generate_nums;
#[path = "001_seed_getrefcount.rs"]
mod seed_getrefcount;
#[path = "253_weak_all_cleared_before_callbacks.rs"]
mod weak_all_cleared_before_callbacks;
#[path = "250_weak_basic.rs"]
mod weak_basic;
#[path = "265_weak_callback_exception.rs"]
mod weak_callback_exception;
#[path = "258_weak_callback_order_in_collection.rs"]
mod weak_callback_order_in_collection;
#[path = "271_weak_chain_of_callbacks.rs"]
mod weak_chain_of_callbacks;
#[path = "261_weak_created_in_del.rs"]
mod weak_created_in_del;
#[path = "255_weak_del_then_callback.rs"]
mod weak_del_then_callback;
#[path = "272_weak_list_scan.rs"]
mod weak_list_scan;
#[path = "257_weak_ref_inside_garbage.rs"]
mod weak_ref_inside_garbage;
#[path = "276_weak_ref_lookup_in_del_of_cycle.rs"]
mod weak_ref_lookup_in_del_of_cycle;
#[path = "260_weak_resurrected_cyclic.rs"]
mod weak_resurrected_cyclic;
#[path = "273_weak_scan_holds_last.rs"]
mod weak_scan_holds_last;
#[path = "277_weak_tail_of_cycle.rs"]
mod weak_tail_of_cycle;
#[path = "279_weak_young_collection_kills_old.rs"]
mod weak_young_collection_kills_old;
