package org.xenfleet.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryJsonTest {

    @Test
    void shouldWriteTheNamesOfTheContractInTheirOrder() {
        RunSummary summary = Reports.summary(
                List.of(Reports.attacked()),
                new Expected("hosts.crashed == 1", "hosts.crashed", "==", BigDecimal.ONE),
                new Expected("hosts.crushed == 1", "hosts.crushed", "==", BigDecimal.ONE));

        assertThat(summary.toJson()).isEqualTo("""
                        {
                          "scenario": "xsa-89",
                          "seed": 89,
                          "verdict": "fail",
                          "digest": "00ff",
                          "simulated_ns": 2000,
                          "events": 10,
                          "hosts": {
                            "total": 1,
                            "healthy": 0,
                            "degraded": 0,
                            "unresponsive": 0,
                            "fenced": 0,
                            "crashed": 1,
                            "not_run": 0
                          },
                          "longest_pcpu_stall_ns": 900,
                          "availability": 0.250000,
                          "hosts_listed": 1,
                          "costs": {
                            "level": "default",
                            "changed": []
                          },
                          "expectations": [
                            {
                              "text": "hosts.crashed == 1",
                              "found": 1,
                              "met": true
                            },
                            {
                              "text": "hosts.crushed == 1",
                              "found": null,
                              "met": false,
                              "remark": "hosts has no \\"crushed\\"; did you mean crashed?"
                            }
                          ],
                          "incidents_total": 2,
                          "incidents": [
                            {
                              "time_ns": 1000,
                              "host": "pool-a/0",
                              "kind": "late-timer",
                              "subject": "victim",
                              "detail": "late",
                              "cause": {
                                "first": "",
                                "chain": []
                              }
                            },
                            {
                              "time_ns": 1500,
                              "host": "pool-a/0",
                              "kind": "watchdog-panic",
                              "subject": "pcpu 0",
                              "detail": "stuck, \\"hard\\"",
                              "cause": {
                                "first": "set_mem_access of victim-dm",
                                "chain": [
                                  "pcpu 0 spun"
                                ]
                              }
                            }
                          ],
                          "host": [
                            {
                              "name": "pool-a/0",
                              "fate": "crashed",
                              "down_at_ns": 1500,
                              "longest_pcpu_stall_ns": 900,
                              "pcpu": [
                                {
                                  "id": 0,
                                  "guest_ns": 500,
                                  "hypercall_ns": 400,
                                  "spin_ns": 300,
                                  "xen_ns": 200,
                                  "idle_ns": 100,
                                  "longest_stall_ns": 900,
                                  "longest_slice_ns": 800
                                }
                              ],
                              "domain": [
                                {
                                  "name": "Domain-0",
                                  "kind": "pv",
                                  "attacked": false,
                                  "cpu_ns": 5,
                                  "longest_wait_ns": 6,
                                  "longest_late_ns": 7,
                                  "availability": 1.000000,
                                  "role": "control",
                                  "domid": 0,
                                  "late_beyond_tolerance": 0,
                                  "memory_bytes": 1073741824,
                                  "state": "running"
                                },
                                {
                                  "name": "victim",
                                  "kind": "hvm",
                                  "attacked": true,
                                  "cpu_ns": 8,
                                  "longest_wait_ns": 9,
                                  "longest_late_ns": 10,
                                  "availability": 0.250000,
                                  "role": "guest",
                                  "domid": 1,
                                  "late_beyond_tolerance": 3,
                                  "memory_bytes": 1048576,
                                  "state": "running"
                                }
                              ],
                              "hypercall": [
                                {
                                  "caller": "victim-dm",
                                  "operation": "set_mem_access",
                                  "calls": 3,
                                  "unfinished": 1,
                                  "continuations": 4,
                                  "iterations": 100,
                                  "longest_slice_ns": 800,
                                  "returned": {
                                    "-22": 1,
                                    "0": 1
                                  },
                                  "longest_call_ns": 850
                                }
                              ],
                              "simulated_ns": 2000,
                              "events": 10,
                              "free_memory_bytes": 4096
                            }
                          ]
                        }
                        """);
    }

    @Test
    void shouldLeaveTheInstantEmptyOfAHostThatStayedUp() {
        assertThat(Reports.summary(List.of(Reports.healthy("p/0"))).toJson()).contains("\"down_at_ns\": null,");
    }

    @Test
    void shouldWriteNestedListsOnOneLineHoweverDeep() {
        JsonLine line = new JsonLine().name("a").number(1).name("b");
        int depth = 5_000;
        for (int i = 0; i < depth; i++) {
            line.beginList();
        }
        line.text("x\n");
        for (int i = 0; i < depth; i++) {
            line.endList();
        }

        assertThat(line.name("c").nothing().end())
                .isEqualTo("{\"a\":1,\"b\":" + "[".repeat(depth) + "\"x\\n\"" + "]".repeat(depth) + ",\"c\":null}");
    }
}
