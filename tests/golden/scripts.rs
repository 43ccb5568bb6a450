//! Programs with the output that CPython gives them, byte for byte. To add one, add its two files and its line below.

use std::collections::BTreeSet;

use refcycle::builtins::capture;

/// Runs a program and compares what it prints.
pub fn check(program: impl FnOnce(), expected: &str) {
    let printed = capture(program);
    assert!(printed == expected, "--- printed\n{printed}--- expected\n{expected}");
}

macro_rules! golden {
    ($($test:ident $file:literal;)+) => {$(
        #[test]
        #[allow(clippy::all)]
        fn $test() {
            fn program() {
                let _ = include!(concat!($file, ".script"));
            }
            check(program, include_str!(concat!($file, ".out")));
        }
    )+};
}

/// Programs that print the same lines in another order than CPython does: see DIFFERENCES.md.
macro_rules! reordered {
    ($($test:ident $file:literal;)+) => {$(
        #[test]
        #[allow(clippy::all)]
        fn $test() {
            fn program() {
                let _ = include!(concat!($file, ".script"));
            }
            let (printed, expected) = (capture(program), include_str!(concat!($file, ".out")));
            let sorted = |text: &str| {
                let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                lines.sort();
                lines
            };
            assert_eq!(sorted(&printed), sorted(expected));
            assert!(printed != expected, "it differs no more: {} belongs to the others", $file);
            assert!(include_str!("DIFFERENCES.md").contains(concat!("`", $file, "`")));
        }
    )+};
}

reordered! {
    order_survivors_requeued "190_order_survivors_requeued";
    order_discovery_follows_fields "192_order_discovery_follows_fields";
}

/// Scripts that are whole programs.
macro_rules! programs {
    ($($test:ident $file:literal;)+) => {$(
        mod $test {
            include!(concat!($file, ".script"));

            #[test]
            fn $test() {
                super::check(|| { main(); }, include_str!(concat!($file, ".out")));
            }
        }
    )+};
}

programs! {
    exit_atexit_order "470_exit_atexit_order";
    exit_finalize "473_exit_finalize";
    exit_sys_exit "474_exit_sys_exit";
    exit_weakref_callback "477_exit_weakref_callback";
    exit_uncollected_cycle "660_exit_uncollected_cycle";
    exit_generator "661_exit_generator";
    exit_uncaught "662_exit_uncaught";
    exit_atexit_errors "663_exit_atexit_errors";
    called_later "743_called_later";
    exit_class_attributes "664_exit_class_attributes";
    exit_order "665_exit_order";
    exit_resurrection "666_exit_resurrection";
    exit_threads "667_exit_threads";
    exit_sys_exit_status "668_exit_sys_exit_status";
}

golden! {
    seed_getrefcount "001_seed_getrefcount";
    seed_cycle_del "002_seed_cycle_del";
    seed_generate_nums "003_seed_generate_nums";
    seed_best_practices "006_seed_best_practices";
    rc_alias "010_rc_alias";
    rc_call_argument "011_rc_call_argument";
    rc_containers "012_rc_containers";
    rc_fields "013_rc_fields";
    rc_method_self "014_rc_method_self";
    rc_bound_method "015_rc_bound_method";
    rc_closure "016_rc_closure";
    rc_list_copies "018_rc_list_copies";
    rc_weakref_free "020_rc_weakref_free";
    rc_generator_holds "021_rc_generator_holds";
    rc_two_way_graph "022_rc_two_way_graph";
    rc_inherited_fields "023_rc_inherited_fields";
    scope_locals_in_order "040_scope_locals_in_order";
    scope_reassign_keeps_slot "041_scope_reassign_keeps_slot";
    scope_return_value_survives "043_scope_return_value_survives";
    scope_argument_temporaries "044_scope_argument_temporaries";
    scope_expression_temporaries "045_scope_expression_temporaries";
    scope_method_on_temporary "046_scope_method_on_temporary";
    scope_list_dies_backwards "047_scope_list_dies_backwards";
    scope_list_edits "048_scope_list_edits";
    scope_dict_edits "049_scope_dict_edits";
    scope_fields_in_order "050_scope_fields_in_order";
    scope_inherited_fields_order "051_scope_inherited_fields_order";
    scope_cascade_top_down "052_scope_cascade_top_down";
    scope_shared_child "053_scope_shared_child";
    scope_loop_rebinding "054_scope_loop_rebinding";
    scope_linked_list_walk "056_scope_linked_list_walk";
    scope_tuple_assignment "057_scope_tuple_assignment";
    scope_operators "061_scope_operators";
    scope_try_finally_return "062_scope_try_finally_return";
    scope_comprehension "064_scope_comprehension";
    scope_conditional_init "065_scope_conditional_init";
    scope_none_assignment "066_scope_none_assignment";
    scope_replace_in_container "068_scope_replace_in_container";
    scope_closure_lifetime "070_scope_closure_lifetime";
    scope_nested_call_frames "071_scope_nested_call_frames";
    scope_top_level "074_scope_top_level";
    scope_list_rearranging "076_scope_list_rearranging";
    scope_dict_more "077_scope_dict_more";
    scope_short_circuit "079_scope_short_circuit";
    reentry_clear_then_append "080_reentry_clear_then_append";
    reentry_field_assignment "082_reentry_field_assignment";
    reentry_list_modified_during_loop "084_reentry_list_modified_during_loop";
    reentry_dict_modified_during_loop "085_reentry_dict_modified_during_loop";
    reentry_self_dropped_in_method "086_reentry_self_dropped_in_method";
    reentry_callback_list "087_reentry_callback_list";
    reentry_death_inside_comparison "088_reentry_death_inside_comparison";
    reentry_del_allocates_many "091_reentry_del_allocates_many";
    reentry_property_of_dying_owner "092_reentry_property_of_dying_owner";
    del_basic "100_del_basic";
    del_exception_is_unraisable "102_del_exception_is_unraisable";
    del_exception_does_not_replace_active "104_del_exception_does_not_replace_active";
    del_internal_try "105_del_internal_try";
    del_resurrect "106_del_resurrect";
    del_resurrect_keeps_children "107_del_resurrect_keeps_children";
    del_saves_child_not_self "108_del_saves_child_not_self";
    del_creates_objects "109_del_creates_objects";
    del_creates_cycle "110_del_creates_cycle";
    del_after_failed_init "113_del_after_failed_init";
    del_called_directly "115_del_called_directly";
    del_order_in_cycle_is_creation "116_del_order_in_cycle_is_creation";
    del_owner_created_first "117_del_owner_created_first";
    del_interleaved_cycles "119_del_interleaved_cycles";
    del_resurrect_part_of_garbage "122_del_resurrect_part_of_garbage";
    del_breaks_own_cycle "123_del_breaks_own_cycle";
    del_exception_in_cycle "125_del_exception_in_cycle";
    del_is_finalized "126_del_is_finalized";
    del_triggers_other_deaths "128_del_triggers_other_deaths";
    del_during_exception_unwinding "129_del_during_exception_unwinding";
    del_loop_in_list_of_survivors "130_del_loop_in_list_of_survivors";
    del_resurrect_into_field_of_other "131_del_resurrect_into_field_of_other";
    del_resurrection_makes_cycle "132_del_resurrection_makes_cycle";
    del_mixed_with_and_without "133_del_mixed_with_and_without";
    del_reachable_from_cycle_not_garbage "135_del_reachable_from_cycle_not_garbage";
    del_new_reference_inside_then_dropped "136_del_new_reference_inside_then_dropped";
    del_saved_then_removed_inside "137_del_saved_then_removed_inside";
    del_super_init_failure "139_del_super_init_failure";
    del_tree_with_lists "140_del_tree_with_lists";
    del_order_depends_on_last_owner "141_del_order_depends_on_last_owner";
    del_global_counter_invariant "142_del_global_counter_invariant";
    del_cycle_and_refcount_mix "143_del_cycle_and_refcount_mix";
    del_resurrect_by_closure "145_del_resurrect_by_closure";
    del_attach_new_object_to_cycle "148_del_attach_new_object_to_cycle";
    del_deep_ownership_through_del "149_del_deep_ownership_through_del";
    cycle_self_loop "150_cycle_self_loop";
    cycle_ring_sizes "151_cycle_ring_sizes";
    cycle_list "152_cycle_list";
    cycle_tuple "154_cycle_tuple";
    cycle_through_containers "155_cycle_through_containers";
    cycle_closure "156_cycle_closure";
    cycle_generator "158_cycle_generator";
    cycle_figure_eight "159_cycle_figure_eight";
    cycle_doubly_linked "163_cycle_doubly_linked";
    cycle_acyclic_not_counted "166_cycle_acyclic_not_counted";
    cycle_tail_counted "167_cycle_tail_counted";
    cycle_disable_keeps_refcounting "168_cycle_disable_keeps_refcounting";
    cycle_many_small "170_cycle_many_small";
    cycle_long_ring "171_cycle_long_ring";
    cycle_generations "172_cycle_generations";
    cycle_across_generations "173_cycle_across_generations";
    cycle_old_garbage_keeps_young "174_cycle_old_garbage_keeps_young";
    cycle_collected_twice_nothing "175_cycle_collected_twice_nothing";
    cycle_inheritance "176_cycle_inheritance";
    cycle_mutated_between_collections "177_cycle_mutated_between_collections";
    cycle_weak_back_edge "178_cycle_weak_back_edge";
    cycle_partial_release "181_cycle_partial_release";
    cycle_self_in_own_containers "182_cycle_self_in_own_containers";
    cycle_growing_and_pruning "183_cycle_growing_and_pruning";
    api_enable_disable "200_api_enable_disable";
    api_collect_argument "201_api_collect_argument";
    api_stats_delta "202_api_stats_delta";
    api_generation_counts "203_api_generation_counts";
    api_thresholds "205_api_thresholds";
    api_threshold_zero "206_api_threshold_zero";
    api_callbacks_order_and_errors "208_api_callbacks_order_and_errors";
    api_saveall "210_api_saveall";
    api_garbage_is_a_list "211_api_garbage_is_a_list";
    api_is_tracked "215_api_is_tracked";
    api_live_census "216_api_live_census";
    api_objects_by_generation "217_api_objects_by_generation";
    api_collect_inside_callback "218_api_collect_inside_callback";
    api_debug_flags "219_api_debug_flags";
    api_stats_ignore_resurrected "220_api_stats_ignore_resurrected";
    api_sum_of_returns "221_api_sum_of_returns";
    api_freeze_then_collect_new "222_api_freeze_then_collect_new";
    weak_basic "250_weak_basic";
    weak_all_cleared_before_callbacks "253_weak_all_cleared_before_callbacks";
    weak_del_then_callback "255_weak_del_then_callback";
    weak_ref_inside_garbage "257_weak_ref_inside_garbage";
    weak_callback_order_in_collection "258_weak_callback_order_in_collection";
    weak_resurrected_cyclic "260_weak_resurrected_cyclic";
    weak_created_in_del "261_weak_created_in_del";
    weak_identity_and_count "262_weak_identity_and_count";
    weak_equality "263_weak_equality";
    weak_hash "264_weak_hash";
    weak_callback_exception "265_weak_callback_exception";
    weak_proxy "266_weak_proxy";
    weak_proxy_callback "267_weak_proxy_callback";
    weak_to_method "269_weak_to_method";
    weak_chain_of_callbacks "271_weak_chain_of_callbacks";
    weak_list_scan "272_weak_list_scan";
    weak_scan_holds_last "273_weak_scan_holds_last";
    weak_to_generator "274_weak_to_generator";
    weak_ref_lookup_in_del_of_cycle "276_weak_ref_lookup_in_del_of_cycle";
    weak_tail_of_cycle "277_weak_tail_of_cycle";
    weak_young_collection_kills_old "279_weak_young_collection_kills_old";
    gen_lazy "340_gen_lazy";
    gen_independent_instances "341_gen_independent_instances";
    gen_return_value "342_gen_return_value";
    gen_throw "344_gen_throw";
    gen_close "345_gen_close";
    gen_close_errors "346_gen_close_errors";
    gen_del_runs_finally "347_gen_del_runs_finally";
    gen_break_from_for "348_gen_break_from_for";
    gen_locals_die_at_close "350_gen_locals_die_at_close";
    gen_yielded_value_not_held "351_gen_yielded_value_not_held";
    gen_for_loop_overlap "352_gen_for_loop_overlap";
    gen_already_executing "353_gen_already_executing";
    gen_exception_finishes "354_gen_exception_finishes";
    gen_stopiteration_inside "355_gen_stopiteration_inside";
    gen_cycle_collected "356_gen_cycle_collected";
    gen_two_in_cycle "357_gen_two_in_cycle";
    gen_unraisable_on_del "359_gen_unraisable_on_del";
    gen_expression "360_gen_expression";
    gen_expression_late_binding "361_gen_expression_late_binding";
    gen_pipeline_teardown "362_gen_pipeline_teardown";
    gen_state_machine "365_gen_state_machine";
    gen_reassign_in_body "369_gen_reassign_in_body";
    gen_send_object_lifetime "370_gen_send_object_lifetime";
    gen_finally_with_yield "372_gen_finally_with_yield";
    gen_nested_depth "373_gen_nested_depth";
    gen_for_body_raises "376_gen_for_body_raises";
    gen_exception_inside_next_chain "377_gen_exception_inside_next_chain";
    yf_send "402_yf_send";
    yf_throw "403_yf_throw";
    yf_close "404_yf_close";
    yf_exception_from_inner "405_yf_exception_from_inner";
    yf_subgenerator_released "406_yf_subgenerator_released";
    yf_generator_exit_inner_returns "408_yf_generator_exit_inner_returns";
    yf_deep "409_yf_deep";
    yf_in_cycle "410_yf_in_cycle";
    yf_loop_detected "412_yf_loop_detected";
    wvd_operations "301_wvd_operations";
    wvd_cycle "302_wvd_cycle";
    wvd_values_are_strong_while_held "304_wvd_values_are_strong_while_held";
    wvd_resurrected "305_wvd_resurrected";
    wkd_basic "310_wkd_basic";
    wkd_value_refers_to_key "311_wkd_value_refers_to_key";
    weakset_basic "320_weakset_basic";
    weakset_algebra "322_weakset_algebra";
    finalize_basic "330_finalize_basic";
    finalize_order "331_finalize_order";
    finalize_cycle "333_finalize_cycle";
    finalize_resurrected "334_finalize_resurrected";
    finalize_exception "335_finalize_exception";
    exc_handler_name_cleared "430_exc_handler_name_cleared";
    exc_finally_order "433_exc_finally_order";
    exc_with_exit "435_exc_with_exit";
    exc_raise_in_exit_and_enter "436_exc_raise_in_exit_and_enter";
    exc_half_built_list "437_exc_half_built_list";
    exc_break_continue_return_finally "439_exc_break_continue_return_finally";
    exc_context_manager_generator "440_exc_context_manager_generator";
    exc_chained_context_lifetime "441_exc_chained_context_lifetime";
    exit_global_del "471_exit_global_del";
    prog_doubly_linked_list "500_prog_doubly_linked_list";
    exit_thread_locals "476_exit_thread_locals";
    prog_observer "502_prog_observer";
    prog_dom_tree "503_prog_dom_tree";
    prog_tarjan_scc "504_prog_tarjan_scc";
    prog_event_scheduler "505_prog_event_scheduler";
    prog_tokenizer_pipeline "506_prog_tokenizer_pipeline";
    prog_bank_simulation "507_prog_bank_simulation";
    prog_resource_manager "511_prog_resource_manager";
    prog_sieve_generators "512_prog_sieve_generators";
    prog_tree_walkers "513_prog_tree_walkers";
    prog_persistent_map "515_prog_persistent_map";
    prog_memo_cache "514_prog_memo_cache";
    prog_random_graph_model "516_prog_random_graph_model";
    prog_push_pipeline "519_prog_push_pipeline";
    closures_are_counted "600_closures_are_counted";
    containers_are_counted "601_containers_are_counted";
    exception_contexts "602_exception_contexts";
    overriding "603_overriding";
    special_methods "604_special_methods";
    with_try_finally "605_with_try_finally";
    generator_lifetimes "640_generator_lifetimes";
    yield_from_anything "641_yield_from_anything";
    yield_in_expressions "642_yield_in_expressions";
    generator_expressions "643_generator_expressions";
    context_managers "644_context_managers";
    generator_errors "645_generator_errors";
    generators_in_cycles "646_generators_in_cycles";
    generators_as_methods "647_generators_as_methods";
    cycle_exception_holds_cycle "184_cycle_exception_holds_cycle";
    stored_exceptions "606_stored_exceptions";
    weak_callbacks "620_weak_callbacks";
    weak_callbacks_and_collector "621_weak_callbacks_and_collector";
    weak_resurrected_references "622_weak_resurrected_references";
    weak_proxy_protocols "623_weak_proxy_protocols";
    weak_method "624_weak_method";
    wvd_iteration "625_wvd_iteration";
    wkd_iteration "626_wkd_iteration";
    weakset_iteration "627_weakset_iteration";
    weak_dict_methods "628_weak_dict_methods";
    weakset_methods "629_weakset_methods";
    finalize_details "630_finalize_details";
    stored_by_the_hook "693_stored_by_the_hook";
    stored_by_a_finalizer "692_stored_by_a_finalizer";
    worst_moments "691_worst_moments";
    methods_and_modules "700_methods_and_modules";
    builtins_as_functions "701_builtins_as_functions";
    text "702_text";
    lists "703_lists";
    dicts_sets_and_tuples "704_dicts_sets_and_tuples";
    operators "705_operators";
    class_attributes_declared_anew "706_class_attributes_declared_anew";
    patterns "707_patterns";
    containers_of_ones_own "708_containers_of_ones_own";
    functions_within_functions "709_functions_within_functions";
    class_methods "710_class_methods";
    defaults_of_overrides "711_defaults_of_overrides";
    patterns_of_sequences "730_patterns_of_sequences";
    sets_of_several "731_sets_of_several";
    os_errors "732_os_errors";
    text_files "740_text_files";
    files_and_lifetimes "741_files_and_lifetimes";
    iterators "742_iterators";
    last_uses "690_last_uses";
}

/// A program that is not in the lists above would never run.
#[test]
fn every_program_has_its_output_and_its_test() {
    let tests = concat!(include_str!("scripts.rs"), include_str!("debug.rs"));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    let (mut scripts, mut outputs) = (BTreeSet::new(), BTreeSet::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("script") => scripts.insert(name),
            // The outputs of examples have the program in Python beside them.
            Some("out") if !path.with_extension("py").exists() => outputs.insert(name),
            _ => false,
        };
    }
    assert_eq!(scripts, outputs);
    let untested: Vec<&String> = scripts.iter().filter(|name| !tests.contains(&format!("\"{name}"))).collect();
    assert!(untested.is_empty(), "{untested:?}");
}
