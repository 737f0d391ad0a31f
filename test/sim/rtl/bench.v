// Test bench: runs the chip with registers from the command line, models the comparators from levels given as numbers,
// turns phase words into edges, and writes the documented signals as a VCD. A cycle has 2 PHASES units of time; cycle 0
// is at unit 2 PHASES ORIGIN + 1.
//
// Files, hexadecimal: `ramps`: level of each column's ramp at each count; `levels`: level of each conversion (in order),
// bank and column, 64 bits signed, only compared; `gates`: delays in phases; `triggers`: cycles at which trigger_in
// changes, by rising time, with the value in bit 31.

`default_nettype none

module bench;

  parameter ROWS = 16;
  parameter COLUMNS = 2;
  parameter BANKS = 4;
  parameter PHASES = 8;
  parameter ADC_BITS = 6;
  parameter SYNC_STAGES = 0;
  parameter TIME_BITS = 32;
  parameter GATES_LENGTH = 1;
  parameter TRIGGERS_LENGTH = 1;
  parameter RAMPS_LENGTH = 1;
  parameter LEVELS_LENGTH = 1;

  localparam LATCHES = BANKS * COLUMNS;
  localparam ORIGIN = GATES_LENGTH + 8;

  reg clk = 0;
  reg reset = 1;
  reg start = 0;
  reg [31:0] cycle = 0;
  reg [31:0] phase = 0;

  reg [1:0] mode;
  reg [15:0] offset_y, height, banks, gate_count, reads;
  reg [2:0] row_binning, row_decimation;
  reg pipelined, swept_reset, trigger_mode;
  reg [31:0] frame_count, pulses_per_gate;
  reg [TIME_BITS-1:0] reset_cycles, settle_cycles, transfer_cycles;
  reg [TIME_BITS-1:0] pulse_period_cycles, laser_lead_cycles, gate_width_phases;
  reg [TIME_BITS-1:0] exposure_slots, read_interval_slots, frame_period_slots, exposure_cycles, frame_period_cycles;
  reg [31:0] cycles;

  reg gate_write = 0;
  reg [15:0] gate_address = 0;
  reg [TIME_BITS-1:0] gate_delay_phases = 0;

  reg [63:0] gates[0:GATES_LENGTH-1];
  reg [63:0] triggers[0:TRIGGERS_LENGTH-1];
  reg [63:0] ramps[0:RAMPS_LENGTH-1];
  reg [63:0] levels[0:LEVELS_LENGTH-1];
  integer change = 0;
  reg trigger_in = 0;
  reg trigger_drawn = 0;

  wire frame_valid, plane_valid, line_valid, global_reset, settle, counter_enable, trigger_missed, idle;
  wire [15:0] line_group, line_plane, gate_index, row_group, read_index;
  wire [1:0] exposure_state, readout_state;
  wire [31:0] pulse_index, missed_triggers;
  wire [PHASES-1:0] laser_taps, film_taps;
  wire [ADC_BITS-1:0] counter;
  wire [ROWS-1:0] row_select, row_reset;
  wire [LATCHES*ADC_BITS-1:0] codes;
  wire [LATCHES-1:0] codes_valid;
  reg [LATCHES-1:0] comparators;

  roic #(
      .ROWS(ROWS),
      .COLUMNS(COLUMNS),
      .BANKS(BANKS),
      .PHASES(PHASES),
      .GATES(GATES_LENGTH),
      .ADC_BITS(ADC_BITS),
      .SYNC_STAGES(SYNC_STAGES),
      .TIME_BITS(TIME_BITS)
  ) chip (
      .stop(1'b0),
      .clk(clk),
      .reset(reset),
      .start(start),
      .idle(idle),
      .trigger_in(trigger_in),
      .mode(mode),
      .trigger_mode(trigger_mode),
      .frame_count(frame_count),
      .offset_y(offset_y),
      .height(height),
      .row_binning(row_binning),
      .row_decimation(row_decimation),
      .banks(banks),
      .pipelined(pipelined),
      .reset_cycles(reset_cycles),
      .settle_cycles(settle_cycles),
      .transfer_cycles(transfer_cycles),
      .gate_count(gate_count),
      .pulses_per_gate(pulses_per_gate),
      .pulse_period_cycles(pulse_period_cycles),
      .laser_lead_cycles(laser_lead_cycles),
      .gate_width_phases(gate_width_phases),
      .swept_reset(swept_reset),
      .gate_write(gate_write),
      .gate_address(gate_address),
      .gate_delay_phases(gate_delay_phases),
      .reads(reads),
      .exposure_slots(exposure_slots),
      .read_interval_slots(read_interval_slots),
      .frame_period_slots(frame_period_slots),
      .exposure_cycles(exposure_cycles),
      .frame_period_cycles(frame_period_cycles),
      .frame_valid(frame_valid),
      .plane_valid(plane_valid),
      .line_valid(line_valid),
      .line_group(line_group),
      .line_plane(line_plane),
      .exposure_state(exposure_state),
      .gate_index(gate_index),
      .pulse_index(pulse_index),
      .global_reset(global_reset),
      .laser_taps(laser_taps),
      .film_taps(film_taps),
      .readout_state(readout_state),
      .row_group(row_group),
      .read_index(read_index),
      .settle(settle),
      .counter_enable(counter_enable),
      .counter(counter),
      .row_select(row_select),
      .row_reset(row_reset),
      .trigger_missed(trigger_missed),
      .missed_triggers(missed_triggers),
      .comparators(comparators),
      .codes_valid(codes_valid),
      .codes(codes)
  );

  // Comparators: the ramp has passed the level of this conversion.
  integer conversion = -1;
  integer latch;
  always @(posedge counter_enable) conversion = conversion + 1;
  always @* begin
    for (latch = 0; latch < LATCHES; latch = latch + 1)
      comparators[latch] = counter_enable && conversion * LATCHES + latch < LEVELS_LENGTH
          && $signed(ramps[((latch%COLUMNS)<<ADC_BITS)+counter]) > $signed(levels[conversion*LATCHES+latch]);
  end

  probe #(
      .ROWS(ROWS),
      .LATCHES(LATCHES),
      .ADC_BITS(ADC_BITS)
  ) roic (
      .frame_valid(frame_valid),
      .plane_valid(plane_valid),
      .line_valid(line_valid),
      .line_group(line_group),
      .line_plane(line_plane),
      .exposure_state(exposure_state),
      .gate_index(gate_index),
      .pulse_index(pulse_index),
      .reset(global_reset),
      .laser_trigger(laser_taps[phase]),
      .film_gate(film_taps[phase]),
      .readout_state(readout_state),
      .row_group(row_group),
      .read_index(read_index),
      .settle(settle),
      .ramp(counter_enable),
      .counter_enable(counter_enable),
      .counter(counter),
      .trigger_in(trigger_drawn),
      .trigger_missed(trigger_missed),
      .rows_selected(row_select),
      .rows_reset(row_reset),
      .comparators(comparators),
      .codes_valid(codes_valid),
      .codes(codes)
  );

  reg [8*512-1:0] path;

  task read_registers;
    begin
      if (!$value$plusargs("mode=%d", mode)) mode = 0;
      if (!$value$plusargs("trigger_mode=%d", trigger_mode)) trigger_mode = 0;
      if (!$value$plusargs("frame_count=%d", frame_count)) frame_count = 0;
      if (!$value$plusargs("offset_y=%d", offset_y)) offset_y = 0;
      if (!$value$plusargs("height=%d", height)) height = 0;
      if (!$value$plusargs("row_binning=%d", row_binning)) row_binning = 0;
      if (!$value$plusargs("row_decimation=%d", row_decimation)) row_decimation = 0;
      if (!$value$plusargs("banks=%d", banks)) banks = 0;
      if (!$value$plusargs("pipelined=%d", pipelined)) pipelined = 0;
      if (!$value$plusargs("reset_cycles=%d", reset_cycles)) reset_cycles = 0;
      if (!$value$plusargs("settle_cycles=%d", settle_cycles)) settle_cycles = 0;
      if (!$value$plusargs("transfer_cycles=%d", transfer_cycles)) transfer_cycles = 0;
      if (!$value$plusargs("gate_count=%d", gate_count)) gate_count = 0;
      if (!$value$plusargs("pulses_per_gate=%d", pulses_per_gate)) pulses_per_gate = 0;
      if (!$value$plusargs("pulse_period_cycles=%d", pulse_period_cycles)) pulse_period_cycles = 0;
      if (!$value$plusargs("laser_lead_cycles=%d", laser_lead_cycles)) laser_lead_cycles = 0;
      if (!$value$plusargs("gate_width_phases=%d", gate_width_phases)) gate_width_phases = 0;
      if (!$value$plusargs("swept_reset=%d", swept_reset)) swept_reset = 0;
      if (!$value$plusargs("reads=%d", reads)) reads = 0;
      if (!$value$plusargs("exposure_slots=%d", exposure_slots)) exposure_slots = 0;
      if (!$value$plusargs("read_interval_slots=%d", read_interval_slots)) read_interval_slots = 0;
      if (!$value$plusargs("frame_period_slots=%d", frame_period_slots)) frame_period_slots = 0;
      if (!$value$plusargs("exposure_cycles=%d", exposure_cycles)) exposure_cycles = 0;
      if (!$value$plusargs("frame_period_cycles=%d", frame_period_cycles)) frame_period_cycles = 0;
      if (!$value$plusargs("cycles=%d", cycles)) cycles = 0;
      if ($value$plusargs("gates=%s", path)) $readmemh(path, gates);
      if ($value$plusargs("triggers=%s", path)) $readmemh(path, triggers);
      if ($value$plusargs("ramps=%s", path)) $readmemh(path, ramps);
      if ($value$plusargs("levels=%s", path)) $readmemh(path, levels);
      if (!$value$plusargs("vcd=%s", path)) path = "bench.vcd";
    end
  endtask

  // Inputs change half a phase before the clock's edge that sees them; trigger_in is drawn at that edge.
  task set_inputs;
    begin
      reset = cycle < 4;
      gate_write = cycle >= 4 && cycle < 4 + gate_count && mode == 0;
      gate_address = cycle - 4;
      if (gate_write) gate_delay_phases = gates[cycle-4][TIME_BITS-1:0];
      start = cycle == ORIGIN;
      if (change < TRIGGERS_LENGTH && cycle >= ORIGIN && triggers[change][30:0] == cycle - ORIGIN) begin
        trigger_in = triggers[change][31];
        change = change + 1;
      end
    end
  endtask

  initial begin
    read_registers;
    $dumpfile(path);
    while (cycle <= ORIGIN + cycles) begin
      set_inputs;
      #1;
      if (cycle == ORIGIN - 1) $dumpvars(0, roic);
      clk = 1;
      trigger_drawn = trigger_in;
      for (phase = 0; phase < PHASES - 1; phase = phase + 1) #2;
      #1;
      clk = 0;
      cycle = cycle + 1;
    end
    $finish(0);
  end

endmodule

`default_nettype wire
