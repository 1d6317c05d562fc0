table account_statement (
  clinic_id uuid not null
  id uuid not null
  patient_id uuid not null
  month date not null
  content jsonb not null
  owed_agorot bigint not null
  skip_reason text
  made_by uuid
  made_at timestamp with time zone not null
  constraint account_statement_pkey PRIMARY KEY (clinic_id, id)
  constraint account_statement_month_check CHECK ((month = (date_trunc('month'::text, (month)::timestamp with time zone))::date))
  constraint account_statement_owed_agorot_check CHECK ((owed_agorot >= 0))
  constraint account_statement_skip_reason_check CHECK (((length(skip_reason) >= 1) AND (length(skip_reason) <= 60)))
  constraint account_statement_clinic_id_made_by_fkey FOREIGN KEY (clinic_id, made_by) REFERENCES staff(clinic_id, id)
  constraint account_statement_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
)
  CREATE INDEX account_statement_by_month on account_statement USING btree (clinic_id, month, patient_id)
  CREATE INDEX account_statement_by_staff on account_statement USING btree (clinic_id, made_by) WHERE (made_by IS NOT NULL)
  CREATE UNIQUE INDEX account_statement_once on account_statement USING btree (clinic_id, patient_id, month) WHERE (made_by IS NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select to yoman_api
  grant insert, select to yoman_worker

table accounting_attempt (
  clinic_id uuid not null
  id uuid not null
  connection_id uuid not null
  invoice_id uuid not null
  attempt integer not null
  at timestamp with time zone not null
  outcome text not null
  payload_hash text
  service_id text
  message text not null default ''::text
  made_by uuid
  constraint accounting_attempt_pkey PRIMARY KEY (clinic_id, id)
  constraint accounting_attempt_message_check CHECK ((length(message) <= 500))
  constraint accounting_attempt_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'found'::text, 'refused'::text, 'unauthorised'::text, 'unreachable'::text, 'asked_again'::text, 'read_accepted'::text, 'read_different'::text, 'read_missing'::text])))
  constraint accounting_attempt_clinic_id_connection_id_invoice_id_fkey FOREIGN KEY (clinic_id, connection_id, invoice_id) REFERENCES accounting_entry(clinic_id, connection_id, invoice_id)
  constraint accounting_attempt_clinic_id_made_by_fkey FOREIGN KEY (clinic_id, made_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX accounting_attempt_of on accounting_attempt USING btree (clinic_id, connection_id, invoice_id, at)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api
  grant insert, select to yoman_worker

table accounting_connection (
  clinic_id uuid not null
  id uuid not null
  service text not null
  address text not null
  company text not null
  state text not null
  problem text
  message text not null default ''::text
  secret_sealed bytea
  accounts jsonb not null
  first_on date not null
  vat_number text not null
  queued jsonb not null default '{}'::jsonb
  connected_by uuid not null
  connected_at timestamp with time zone not null
  test_at timestamp with time zone
  test_lease_until timestamp with time zone
  read_at timestamp with time zone
  read_problem text
  read_message text not null default ''::text
  read_from date
  read_to date
  read_next_at timestamp with time zone
  read_lease_until timestamp with time zone
  read_attempt integer not null default 0
  version integer not null default 1
  constraint accounting_connection_pkey PRIMARY KEY (clinic_id, id)
  constraint accounting_connection_address_check CHECK (((length(address) >= 1) AND (length(address) <= 300)))
  constraint accounting_connection_company_check CHECK (((length(company) >= 1) AND (length(company) <= 100)))
  constraint accounting_connection_message_check CHECK ((length(message) <= 500))
  constraint accounting_connection_problem_check CHECK ((problem = ANY (ARRAY['unauthorised'::text, 'unreachable'::text, 'rejected'::text])))
  constraint accounting_connection_read_message_check CHECK ((length(read_message) <= 500))
  constraint accounting_connection_read_problem_check CHECK ((read_problem = ANY (ARRAY['unreachable'::text, 'rejected'::text])))
  constraint accounting_connection_service_check CHECK ((service = ANY (ARRAY['priority'::text, 'hashavshevet'::text])))
  constraint accounting_connection_state_check CHECK ((state = ANY (ARRAY['off'::text, 'testing'::text, 'connected'::text, 'refused'::text, 'reconnect'::text])))
  constraint accounting_secret_while_open CHECK (((secret_sealed IS NULL) = (state = 'off'::text)))
  constraint accounting_connection_clinic_id_connected_by_fkey FOREIGN KEY (clinic_id, connected_by) REFERENCES staff(clinic_id, id)
  constraint accounting_connection_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  CREATE UNIQUE INDEX accounting_connection_one on accounting_connection USING btree (clinic_id) WHERE (state <> 'off'::text)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy worker_walks for select to yoman_worker using true
  grant insert, select, update to yoman_api
  grant select, update to yoman_worker

table accounting_entry (
  clinic_id uuid not null
  connection_id uuid not null
  invoice_id uuid not null
  state text not null default 'waiting'::text
  problem text
  message text not null default ''::text
  account text
  differences text[] not null default '{}'::text[]
  reference text
  payload text
  payload_hash text
  total_agorot bigint not null default 0
  service_id text
  held jsonb
  held_agorot bigint
  attempt integer not null default 0
  next_at timestamp with time zone
  lease_until timestamp with time zone
  sent_at timestamp with time zone
  queued_at timestamp with time zone not null
  constraint accounting_entry_pkey PRIMARY KEY (clinic_id, connection_id, invoice_id)
  constraint accounting_entry_account_check CHECK ((length(account) <= 30))
  constraint accounting_entry_message_check CHECK ((length(message) <= 500))
  constraint accounting_entry_payload_hash_check CHECK ((payload_hash ~ '^[0-9a-f]{64}$'::text))
  constraint accounting_entry_problem_check CHECK ((problem = ANY (ARRAY['reconnect'::text, 'unreachable'::text, 'unknown_account'::text, 'rejected'::text])))
  constraint accounting_entry_service_id_check CHECK ((length(service_id) <= 100))
  constraint accounting_entry_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'accepted'::text, 'different'::text, 'missing'::text, 'refused'::text])))
  constraint accounting_lease_of_sending CHECK (((lease_until IS NOT NULL) = (state = 'sending'::text)))
  constraint accounting_payload_of_sent CHECK (((payload IS NOT NULL) OR (state = ANY (ARRAY['waiting'::text, 'refused'::text]))))
  constraint accounting_payload_whole CHECK ((num_nulls(payload, payload_hash, reference) = ANY (ARRAY[0, 3])))
  constraint accounting_entry_clinic_id_connection_id_fkey FOREIGN KEY (clinic_id, connection_id) REFERENCES accounting_connection(clinic_id, id)
  constraint accounting_entry_clinic_id_invoice_id_fkey FOREIGN KEY (clinic_id, invoice_id) REFERENCES invoice(clinic_id, id)
)
  CREATE INDEX accounting_entry_by_invoice on accounting_entry USING btree (clinic_id, invoice_id)
  CREATE INDEX accounting_entry_by_reference on accounting_entry USING btree (clinic_id, reference)
  CREATE INDEX accounting_entry_due on accounting_entry USING btree (next_at) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]))
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy worker_walks for select to yoman_worker using true
  trigger payload_is_kept calls keep_accounting_payload
  grant insert, select, update to yoman_worker
  grant select, update to yoman_api

table accounting_stranger (
  clinic_id uuid not null
  connection_id uuid not null
  service_id text not null
  day date not null
  reference text not null
  total_agorot bigint not null
  seen_at timestamp with time zone not null
  constraint accounting_stranger_pkey PRIMARY KEY (clinic_id, connection_id, service_id)
  constraint accounting_stranger_reference_check CHECK ((length(reference) <= 250))
  constraint accounting_stranger_service_id_check CHECK ((length(service_id) <= 100))
  constraint accounting_stranger_clinic_id_connection_id_fkey FOREIGN KEY (clinic_id, connection_id) REFERENCES accounting_connection(clinic_id, id)
)
  CREATE INDEX accounting_stranger_by_day on accounting_stranger USING btree (clinic_id, connection_id, day)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_worker
  grant select to yoman_api

table advance_use (
  clinic_id uuid not null
  id uuid not null
  advance_id uuid not null
  request_id uuid not null
  amount_agorot bigint not null
  used_at timestamp with time zone not null
  used_by uuid
  constraint advance_use_pkey PRIMARY KEY (clinic_id, id)
  constraint advance_use_amount_agorot_check CHECK ((amount_agorot <> 0))
  constraint advance_use_clinic_id_advance_id_fkey FOREIGN KEY (clinic_id, advance_id) REFERENCES invoice(clinic_id, id)
  constraint advance_use_clinic_id_request_id_fkey FOREIGN KEY (clinic_id, request_id) REFERENCES invoice(clinic_id, id)
  constraint advance_use_clinic_id_used_by_fkey FOREIGN KEY (clinic_id, used_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX advance_use_by_advance on advance_use USING btree (clinic_id, advance_id)
  CREATE INDEX advance_use_by_request on advance_use USING btree (clinic_id, request_id)
  CREATE INDEX advance_use_by_time on advance_use USING btree (clinic_id, used_at)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger advance_within calls advance_within
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  trigger look_at_request calls look_at_request_of_use
  trigger month_is_open calls month_of_deduction
  grant insert, select to yoman_api
  grant insert, select to yoman_worker

table allocation (
  clinic_id uuid not null
  appointment_id uuid not null
  resource_id uuid not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  occupies boolean not null default true
  overbooked boolean not null default false
  constraint allocation_pkey PRIMARY KEY (clinic_id, appointment_id, resource_id)
  constraint no_double_booking EXCLUDE USING gist (clinic_id WITH =, resource_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE ((occupies AND (NOT overbooked)))
  constraint allocation_ends_after_start CHECK ((ends_at > starts_at))
  constraint allocation_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id) ON DELETE CASCADE
  constraint allocation_clinic_id_resource_id_fkey FOREIGN KEY (clinic_id, resource_id) REFERENCES resource(clinic_id, id)
)
  CREATE INDEX allocation_busy on allocation USING btree (clinic_id, resource_id, starts_at) INCLUDE (ends_at, appointment_id, overbooked) WHERE occupies
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select, update to yoman_api
  grant select, update to yoman_worker

table allocation_answer (
  clinic_id uuid not null
  id uuid not null
  invoice_id uuid not null
  attempt integer not null
  answered_at timestamp with time zone not null
  outcome text not null
  code integer
  message text not null default ''::text
  number text
  made_by uuid
  constraint allocation_answer_pkey PRIMARY KEY (clinic_id, id)
  constraint allocation_answer_message_check CHECK ((length(message) <= 500))
  constraint allocation_answer_outcome_check CHECK ((outcome = ANY (ARRAY['approved'::text, 'refused'::text, 'unauthorised'::text, 'unreachable'::text, 'typed'::text, 'continued'::text, 'cancelled'::text])))
  constraint allocation_answer_clinic_id_invoice_id_fkey FOREIGN KEY (clinic_id, invoice_id) REFERENCES invoice(clinic_id, id)
  constraint allocation_answer_clinic_id_made_by_fkey FOREIGN KEY (clinic_id, made_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX allocation_answer_of on allocation_answer USING btree (clinic_id, invoice_id, answered_at)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api
  grant insert, select to yoman_worker

table allocation_request (
  clinic_id uuid not null
  invoice_id uuid not null
  state text not null default 'waiting'::text
  problem text
  number text
  attempt integer not null default 0
  next_at timestamp with time zone
  lease_until timestamp with time zone
  asked_at timestamp with time zone not null
  settled_at timestamp with time zone
  settled_by uuid
  reason text not null default ''::text
  constraint allocation_request_pkey PRIMARY KEY (clinic_id, invoice_id)
  constraint allocation_lease_of_asking CHECK (((lease_until IS NOT NULL) = (state = 'asking'::text)))
  constraint allocation_number_of_approved CHECK (((number IS NOT NULL) = (state = 'approved'::text)))
  constraint allocation_request_number_check CHECK ((number ~ '^[0-9]{9,40}$'::text))
  constraint allocation_request_reason_check CHECK ((length(reason) <= 300))
  constraint allocation_request_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'asking'::text, 'approved'::text, 'refused'::text, 'continued'::text, 'cancelled'::text])))
  constraint allocation_request_clinic_id_invoice_id_fkey FOREIGN KEY (clinic_id, invoice_id) REFERENCES invoice(clinic_id, id)
  constraint allocation_request_clinic_id_settled_by_fkey FOREIGN KEY (clinic_id, settled_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX allocation_request_due on allocation_request USING btree (next_at) WHERE (state = ANY (ARRAY['waiting'::text, 'asking'::text]))
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy worker_walks for select to yoman_worker using true
  grant insert, select, update to yoman_api
  grant insert, select, update to yoman_worker

table allocation_threshold (
  valid_from date not null
  net_over_agorot bigint not null
  constraint allocation_threshold_pkey PRIMARY KEY (valid_from)
  constraint allocation_threshold_net_over_agorot_check CHECK ((net_over_agorot >= 0))
)
  grant select to yoman_api
  grant select to yoman_worker

table answer_setting (
  clinic_id uuid not null
  may_cancel boolean not null default true
  cancel_hours smallint not null default 24
  may_move boolean not null default true
  move_hours smallint not null default 24
  reply_cancels boolean not null default false
  version integer not null default 1
  constraint answer_setting_pkey PRIMARY KEY (clinic_id)
  constraint answer_setting_cancel_hours_check CHECK (((cancel_hours >= 0) AND (cancel_hours <= 336)))
  constraint answer_setting_move_hours_check CHECK (((move_hours >= 0) AND (move_hours <= 336)))
  constraint answer_setting_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table answer_visit_type (
  clinic_id uuid not null
  visit_type_id uuid not null
  may_move boolean not null default true
  discreet boolean not null default false
  constraint answer_visit_type_pkey PRIMARY KEY (clinic_id, visit_type_id)
  constraint answer_visit_type_clinic_id_visit_type_id_fkey FOREIGN KEY (clinic_id, visit_type_id) REFERENCES visit_type(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table appointment (
  clinic_id uuid not null
  id uuid not null
  branch_id uuid not null
  patient_id uuid
  practitioner_id uuid not null
  visit_type_id uuid not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  status text not null
  hold_expires_at timestamp with time zone
  desk_note text not null default ''::text
  cancel_reason text
  order_id uuid
  order_step smallint
  version integer not null default 1
  created_by uuid
  created_at timestamp with time zone not null
  overbook_reason text
  overbooked_at timestamp with time zone
  overbooked_by uuid
  constraint appointment_pkey PRIMARY KEY (clinic_id, id)
  constraint appointment_cancel_reason_check CHECK ((cancel_reason = ANY (ARRAY['patient'::text, 'clinic'::text, 'moved'::text, 'other'::text])))
  constraint appointment_desk_note_check CHECK ((length(desk_note) <= 1000))
  constraint appointment_ends_after_start CHECK ((ends_at > starts_at))
  constraint appointment_has_patient CHECK (((patient_id IS NOT NULL) OR (status = ANY (ARRAY['held'::text, 'cancelled'::text]))))
  constraint appointment_hold_expires CHECK (((status = 'held'::text) = (hold_expires_at IS NOT NULL)))
  constraint appointment_overbook_reason CHECK (((length(btrim(overbook_reason)) >= 1) AND (length(btrim(overbook_reason)) <= 300)))
  constraint appointment_overbooked_whole CHECK ((((overbook_reason IS NULL) = (overbooked_at IS NULL)) AND ((overbooked_by IS NULL) OR (overbooked_at IS NOT NULL))))
  constraint appointment_status_check CHECK ((status = ANY (ARRAY['held'::text, 'booked'::text, 'confirmed'::text, 'arrived'::text, 'called'::text, 'in_treatment'::text, 'completed'::text, 'cancelled'::text, 'no_show'::text])))
  constraint appointment_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint appointment_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
  constraint appointment_clinic_id_practitioner_id_fkey FOREIGN KEY (clinic_id, practitioner_id) REFERENCES practitioner(clinic_id, id)
  constraint appointment_clinic_id_visit_type_id_fkey FOREIGN KEY (clinic_id, visit_type_id) REFERENCES visit_type(clinic_id, id)
  constraint appointment_order FOREIGN KEY (clinic_id, order_id) REFERENCES next_visit_order(clinic_id, id)
  constraint appointment_overbooked_by FOREIGN KEY (clinic_id, overbooked_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX appointment_by_day on appointment USING btree (clinic_id, branch_id, starts_at)
  CREATE INDEX appointment_by_order on appointment USING btree (clinic_id, order_id) WHERE (order_id IS NOT NULL)
  CREATE INDEX appointment_by_patient on appointment USING btree (clinic_id, patient_id, starts_at DESC)
  CREATE INDEX appointment_by_practitioner on appointment USING btree (clinic_id, practitioner_id, starts_at)
  CREATE INDEX appointment_open_holds on appointment USING btree (clinic_id, hold_expires_at) WHERE (status = 'held'::text)
  CREATE INDEX appointment_overbooked on appointment USING btree (clinic_id, starts_at) WHERE (overbooked_at IS NOT NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  trigger month_is_open calls month_of_visit
  trigger month_is_open_insert calls month_of_visit
  grant insert, select, update to yoman_api
  grant select, update to yoman_worker

table appointment_parking (
  clinic_id uuid not null
  appointment_id uuid not null
  branch_id uuid not null
  parked_at timestamp with time zone not null
  parked_by uuid
  constraint appointment_parking_pkey PRIMARY KEY (clinic_id, appointment_id)
  constraint appointment_parking_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id) ON DELETE CASCADE
  constraint appointment_parking_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
)
  CREATE INDEX appointment_parking_by_branch on appointment_parking USING btree (clinic_id, branch_id, parked_at)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api
  grant delete, select to yoman_worker

table appointment_status (
  clinic_id uuid not null
  id uuid not null
  appointment_id uuid not null
  status text not null
  at timestamp with time zone not null
  by_staff_id uuid
  reason text not null default ''::text
  by_patient boolean not null default false
  constraint appointment_status_pkey PRIMARY KEY (clinic_id, id)
  constraint appointment_status_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
)
  CREATE INDEX appointment_status_by_appointment on appointment_status USING btree (clinic_id, appointment_id, at)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api
  grant insert, select to yoman_worker

table attachment (
  clinic_id uuid not null
  id uuid not null
  patient_id uuid not null
  appointment_id uuid
  kind text not null
  title_sealed bytea not null
  taken_on date not null
  teeth text[] not null default '{}'::text[]
  media_type text not null
  byte_size bigint not null
  width integer
  height integer
  content_hash bytea not null
  storage_key text not null
  preview_key text
  preview_state text not null default 'waiting'::text
  filed_by uuid not null
  filed_at timestamp with time zone not null
  withdrawn_at timestamp with time zone
  withdrawn_by uuid
  withdrawal_reason text not null default ''::text
  version integer not null default 1
  constraint attachment_pkey PRIMARY KEY (clinic_id, id)
  constraint attachment_bytes_once UNIQUE (clinic_id, storage_key)
  constraint attachment_byte_size_check CHECK ((byte_size > 0))
  constraint attachment_height_check CHECK ((height > 0))
  constraint attachment_kind_check CHECK ((kind = ANY (ARRAY['x_ray'::text, 'photo'::text, 'referral'::text, 'form_17'::text, 'lab'::text, 'form'::text, 'letter'::text, 'administrative'::text, 'other'::text])))
  constraint attachment_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text, 'image/heic'::text, 'application/pdf'::text, 'application/dicom'::text])))
  constraint attachment_preview_key_check CHECK ((preview_key ~ '^[0-9a-f-]{36}/[0-9a-f-]{36}$'::text))
  constraint attachment_preview_state_check CHECK ((preview_state = ANY (ARRAY['waiting'::text, 'made'::text, 'none'::text])))
  constraint attachment_preview_whole CHECK (((preview_state = 'made'::text) = (preview_key IS NOT NULL)))
  constraint attachment_size_whole CHECK (((width IS NULL) = (height IS NULL)))
  constraint attachment_storage_key_check CHECK ((storage_key ~ '^[0-9a-f-]{36}/[0-9a-f-]{36}$'::text))
  constraint attachment_teeth_check CHECK (((cardinality(teeth) <= 52) AND (array_to_string(teeth, ','::text) ~ '^([1-8][1-8](,[1-8][1-8])*)?$'::text)))
  constraint attachment_width_check CHECK ((width > 0))
  constraint attachment_withdrawal_reason_check CHECK ((length(withdrawal_reason) <= 500))
  constraint attachment_withdrawn_whole CHECK ((((withdrawn_at IS NULL) = (withdrawn_by IS NULL)) AND ((withdrawn_at IS NULL) = (withdrawal_reason = ''::text))))
  constraint attachment_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint attachment_clinic_id_filed_by_fkey FOREIGN KEY (clinic_id, filed_by) REFERENCES staff(clinic_id, id)
  constraint attachment_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
  constraint attachment_clinic_id_withdrawn_by_fkey FOREIGN KEY (clinic_id, withdrawn_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX attachment_by_patient on attachment USING btree (clinic_id, patient_id, taken_on DESC, id)
  CREATE INDEX attachment_by_visit on attachment USING btree (clinic_id, appointment_id) WHERE (appointment_id IS NOT NULL)
  CREATE UNIQUE INDEX attachment_preview_once on attachment USING btree (clinic_id, preview_key) WHERE (preview_key IS NOT NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  trigger keep_attachment_bytes calls keep_attachment_bytes
  grant insert, select, update to yoman_api
  grant select, update to yoman_worker

table block (
  clinic_id uuid not null
  id uuid not null
  kind text not null
  branch_id uuid
  from_date date not null
  to_date date not null
  weekdays smallint[] not null default '{}'::smallint[]
  starts time without time zone
  ends time without time zone
  title text not null default ''::text
  private_note_sealed bytea
  holiday text
  removed_at timestamp with time zone
  version integer not null default 1
  created_by uuid
  created_at timestamp with time zone not null
  constraint block_pkey PRIMARY KEY (clinic_id, id)
  constraint block_closes_branch CHECK (((kind = 'closed'::text) = (branch_id IS NOT NULL)))
  constraint block_dates CHECK (((to_date >= from_date) AND ((to_date - from_date) < 400)))
  constraint block_holiday_check CHECK ((holiday ~ '^[a-z_]{1,40}$'::text))
  constraint block_kind_check CHECK ((kind = ANY (ARRAY['leave'::text, 'meeting'::text, 'break'::text, 'closed'::text, 'other'::text])))
  constraint block_times CHECK ((((starts IS NULL) = (ends IS NULL)) AND ((ends IS NULL) OR (ends > starts))))
  constraint block_title_check CHECK ((length(title) <= 120))
  constraint block_weekdays_check CHECK ((weekdays <@ '{1,2,3,4,5,6,7}'::smallint[]))
  constraint block_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint block_clinic_id_created_by_fkey FOREIGN KEY (clinic_id, created_by) REFERENCES staff(clinic_id, id)
  constraint block_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  CREATE INDEX block_ahead on block USING btree (clinic_id, to_date) WHERE (removed_at IS NULL)
  CREATE UNIQUE INDEX block_holiday_once on block USING btree (clinic_id, branch_id, from_date) WHERE ((holiday IS NOT NULL) AND (removed_at IS NULL))
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table block_resource (
  clinic_id uuid not null
  block_id uuid not null
  resource_id uuid not null
  constraint block_resource_pkey PRIMARY KEY (clinic_id, block_id, resource_id)
  constraint block_resource_clinic_id_block_id_fkey FOREIGN KEY (clinic_id, block_id) REFERENCES block(clinic_id, id)
  constraint block_resource_clinic_id_resource_id_fkey FOREIGN KEY (clinic_id, resource_id) REFERENCES resource(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api
  grant select to yoman_worker

table book_export (
  clinic_id uuid not null
  id uuid not null
  format text not null
  from_on date not null
  to_on date not null
  time_zone text not null
  business jsonb not null
  software jsonb not null
  accounts jsonb not null
  cut jsonb not null
  branches boolean not null
  folder text
  summary jsonb not null
  made_at timestamp with time zone not null
  made_by uuid not null
  constraint book_export_pkey PRIMARY KEY (clinic_id, id)
  constraint book_export_folder_once UNIQUE (clinic_id, folder)
  constraint book_export_folder CHECK (((format = 'uniform'::text) = (folder IS NOT NULL)))
  constraint book_export_format_check CHECK ((format = ANY (ARRAY['uniform'::text, 'movein'::text, 'quickbooks'::text, 'xero'::text])))
  constraint book_export_period CHECK ((to_on >= from_on))
  constraint book_export_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
  constraint book_export_clinic_id_made_by_fkey FOREIGN KEY (clinic_id, made_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX book_export_by_time on book_export USING btree (clinic_id, made_at DESC, id)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api

table branch (
  clinic_id uuid not null
  id uuid not null
  name text not null
  address text not null default ''::text
  city text not null default ''::text
  phone text
  time_zone text not null default 'Asia/Jerusalem'::text
  active boolean not null default true
  version integer not null default 1
  created_at timestamp with time zone not null default now()
  name_en text not null default ''::text
  constraint branch_pkey PRIMARY KEY (clinic_id, id)
  constraint branch_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint branch_name_en_length CHECK ((length(name_en) <= 200))
  constraint branch_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger month_is_open calls zone_of_open_months
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table calendar_feed (
  clinic_id uuid not null
  id uuid not null
  staff_id uuid not null
  token_hash bytea not null
  created_at timestamp with time zone not null
  revoked_at timestamp with time zone
  constraint calendar_feed_pkey PRIMARY KEY (clinic_id, id)
  constraint calendar_feed_clinic_id_staff_id_fkey FOREIGN KEY (clinic_id, staff_id) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX calendar_feed_by_staff on calendar_feed USING btree (clinic_id, staff_id)
  CREATE UNIQUE INDEX calendar_feed_by_token on calendar_feed USING btree (token_hash)
  CREATE UNIQUE INDEX calendar_feed_one_each on calendar_feed USING btree (clinic_id, staff_id) WHERE (revoked_at IS NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy feed for select to yoman_api using is_reading_feed()
  grant insert, select, update to yoman_api

table cash_closing (
  clinic_id uuid not null
  id uuid not null
  branch_id uuid not null
  day date not null
  since timestamp with time zone not null
  closed_at timestamp with time zone not null
  closed_by uuid not null
  left_agorot bigint not null
  constraint cash_closing_pkey PRIMARY KEY (clinic_id, id)
  constraint cash_closing_once UNIQUE (clinic_id, branch_id, day)
  constraint cash_closing_left_agorot_check CHECK (((left_agorot >= 0) AND (left_agorot <= 100000000)))
  constraint cash_closing_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint cash_closing_clinic_id_closed_by_fkey FOREIGN KEY (clinic_id, closed_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX cash_closing_by_time on cash_closing USING btree (clinic_id, branch_id, closed_at DESC, id DESC)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  trigger month_is_open calls month_of_cash_closing
  grant insert, select to yoman_api

table cash_closing_means (
  clinic_id uuid not null
  closing_id uuid not null
  method text not null
  payments integer not null
  expected_agorot bigint not null
  counted_agorot bigint not null
  reason text not null default ''::text
  refunds integer not null default 0
  refunded_agorot bigint not null default 0
  constraint cash_closing_means_pkey PRIMARY KEY (clinic_id, closing_id, method)
  constraint cash_closing_difference_explained CHECK (((expected_agorot = counted_agorot) OR (btrim(reason) <> ''::text)))
  constraint cash_closing_means_counted_agorot_check CHECK (((counted_agorot >=
CASE
    WHEN (method = 'cash'::text) THEN (0)::bigint
    ELSE '-10000000000'::bigint
END) AND (counted_agorot <= '10000000000'::bigint)))
  constraint cash_closing_means_method_check CHECK ((method = ANY (ARRAY['cash'::text, 'card'::text, 'transfer'::text, 'bit'::text, 'cheque'::text])))
  constraint cash_closing_means_payments_check CHECK ((payments >= 0))
  constraint cash_closing_means_reason_check CHECK ((length(reason) <= 300))
  constraint cash_closing_means_refunded_agorot_check CHECK ((refunded_agorot >= 0))
  constraint cash_closing_means_refunds_check CHECK ((refunds >= 0))
  constraint cash_closing_means_clinic_id_closing_id_fkey FOREIGN KEY (clinic_id, closing_id) REFERENCES cash_closing(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api

table cash_closing_payment (
  clinic_id uuid not null
  payment_id uuid not null
  closing_id uuid not null
  constraint cash_closing_payment_pkey PRIMARY KEY (clinic_id, payment_id)
  constraint cash_closing_payment_clinic_id_closing_id_fkey FOREIGN KEY (clinic_id, closing_id) REFERENCES cash_closing(clinic_id, id)
  constraint cash_closing_payment_clinic_id_payment_id_fkey FOREIGN KEY (clinic_id, payment_id) REFERENCES payment(clinic_id, id)
)
  CREATE INDEX cash_closing_payment_by_closing on cash_closing_payment USING btree (clinic_id, closing_id)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api

table cash_closing_refund (
  clinic_id uuid not null
  refund_id uuid not null
  closing_id uuid not null
  constraint cash_closing_refund_pkey PRIMARY KEY (clinic_id, refund_id)
  constraint cash_closing_refund_clinic_id_closing_id_fkey FOREIGN KEY (clinic_id, closing_id) REFERENCES cash_closing(clinic_id, id)
  constraint cash_closing_refund_clinic_id_refund_id_fkey FOREIGN KEY (clinic_id, refund_id) REFERENCES refund(clinic_id, id)
)
  CREATE INDEX cash_closing_refund_by_closing on cash_closing_refund USING btree (clinic_id, closing_id)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api

table cash_limit (
  valid_from date not null
  free_price_agorot bigint not null
  share_basis_points integer not null
  most_agorot bigint not null
  constraint cash_limit_pkey PRIMARY KEY (valid_from)
  constraint cash_limit_free_price_agorot_check CHECK ((free_price_agorot >= 0))
  constraint cash_limit_most_agorot_check CHECK ((most_agorot >= 0))
  constraint cash_limit_share_basis_points_check CHECK (((share_basis_points >= 0) AND (share_basis_points <= 10000)))
)
  grant select to yoman_api
  grant select to yoman_worker

table cheque_deposit (
  clinic_id uuid not null
  id uuid not null
  branch_id uuid not null
  number integer not null
  account text not null
  deposited_on date not null
  made_at timestamp with time zone not null
  made_by uuid not null
  constraint cheque_deposit_pkey PRIMARY KEY (clinic_id, id)
  constraint cheque_deposit_number_once UNIQUE (clinic_id, branch_id, number)
  constraint cheque_deposit_account_check CHECK (((length(account) >= 1) AND (length(account) <= 80)))
  constraint cheque_deposit_number_check CHECK ((number > 0))
  constraint cheque_deposit_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint cheque_deposit_clinic_id_made_by_fkey FOREIGN KEY (clinic_id, made_by) REFERENCES staff(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  trigger month_is_open calls month_of_deposit
  grant insert, select to yoman_api
  grant select to yoman_worker

table cheque_move (
  clinic_id uuid not null
  id uuid not null
  payment_id uuid not null
  state text not null
  moved_on date not null
  moved_at timestamp with time zone not null
  moved_by uuid not null
  deposit_id uuid
  reason text not null default ''::text
  fee_agorot bigint not null default 0
  voucher_id uuid
  constraint cheque_move_pkey PRIMARY KEY (clinic_id, id)
  constraint cheque_move_once UNIQUE (clinic_id, payment_id, state)
  constraint cheque_deposited_by_slip CHECK (((state = 'deposited'::text) = (deposit_id IS NOT NULL)))
  constraint cheque_fee_of_the_bank CHECK (((fee_agorot = 0) OR (state = 'returned'::text)))
  constraint cheque_gone_with_voucher CHECK ((((state = ANY (ARRAY['returned'::text, 'withdrawn'::text])) = (voucher_id IS NOT NULL)) AND ((voucher_id IS NULL) OR (btrim(reason) <> ''::text))))
  constraint cheque_move_fee_agorot_check CHECK (((fee_agorot >= 0) AND (fee_agorot <= 10000000)))
  constraint cheque_move_reason_check CHECK ((length(reason) <= 120))
  constraint cheque_move_state_check CHECK ((state = ANY (ARRAY['deposited'::text, 'cleared'::text, 'returned'::text, 'withdrawn'::text])))
  constraint cheque_move_clinic_id_deposit_id_fkey FOREIGN KEY (clinic_id, deposit_id) REFERENCES cheque_deposit(clinic_id, id)
  constraint cheque_move_clinic_id_moved_by_fkey FOREIGN KEY (clinic_id, moved_by) REFERENCES staff(clinic_id, id)
  constraint cheque_move_clinic_id_payment_id_fkey FOREIGN KEY (clinic_id, payment_id) REFERENCES payment(clinic_id, id)
  constraint cheque_move_clinic_id_voucher_id_fkey FOREIGN KEY (clinic_id, voucher_id) REFERENCES invoice(clinic_id, id)
)
  CREATE INDEX cheque_move_by_deposit on cheque_move USING btree (clinic_id, deposit_id) WHERE (deposit_id IS NOT NULL)
  CREATE UNIQUE INDEX cheque_gone_once on cheque_move USING btree (clinic_id, payment_id) WHERE (state = ANY (ARRAY['returned'::text, 'withdrawn'::text]))
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  trigger month_is_open calls month_of_cheque_step
  grant insert, select to yoman_api
  grant select to yoman_worker

table clinic (
  id uuid not null
  clinic_id uuid not null generated always as (id) stored
  name text not null
  legal_name text not null default ''::text
  vat_number text not null default ''::text
  language text not null default 'he'::text
  currency text not null default 'ILS'::text
  email text
  phone text
  sabbath_policy text not null default 'back'::text
  quiet_from time without time zone not null default '21:00:00'::time without time zone
  quiet_to time without time zone not null default '08:00:00'::time without time zone
  eve_cutoff time without time zone not null default '13:00:00'::time without time zone
  version integer not null default 1
  created_at timestamp with time zone not null default now()
  overbook_limit smallint not null default 2
  name_en text not null default ''::text
  dental boolean not null default true
  constraint clinic_pkey PRIMARY KEY (id)
  constraint clinic_currency_check CHECK ((currency = 'ILS'::text))
  constraint clinic_language_check CHECK ((language = ANY (ARRAY['he'::text, 'en'::text])))
  constraint clinic_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint clinic_name_en_length CHECK ((length(name_en) <= 200))
  constraint clinic_overbook_limit CHECK (((overbook_limit >= 0) AND (overbook_limit <= 20)))
  constraint clinic_sabbath_policy_check CHECK ((sabbath_policy = ANY (ARRAY['back'::text, 'forward'::text])))
)
  row level security, forced
  policy callback for select to yoman_api using is_taking_callback()
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy sign_in for select to yoman_api using is_signing_in()
  policy worker_walks for select to yoman_worker using true
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table closed_visit (
  clinic_id uuid not null
  closing_id uuid not null
  appointment_id uuid not null
  worth_agorot bigint not null
  constraint closed_visit_pkey PRIMARY KEY (clinic_id, closing_id, appointment_id)
  constraint closed_visit_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint closed_visit_clinic_id_closing_id_fkey FOREIGN KEY (clinic_id, closing_id) REFERENCES month_closing(clinic_id, id)
)
  CREATE INDEX closed_visit_by_visit on closed_visit USING btree (clinic_id, appointment_id)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api
  grant select to yoman_worker

table consent (
  clinic_id uuid not null
  id uuid not null
  patient_id uuid not null
  channel text not null
  purpose text not null
  state text not null
  source text not null
  evidence text not null default ''::text
  recorded_at timestamp with time zone not null
  recorded_by uuid
  constraint consent_pkey PRIMARY KEY (clinic_id, id)
  constraint consent_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text, 'phone'::text, 'whatsapp'::text, 'voice'::text])))
  constraint consent_evidence_check CHECK ((length(evidence) <= 500))
  constraint consent_purpose_check CHECK ((purpose = ANY (ARRAY['service'::text, 'marketing'::text, 'e_invoice'::text])))
  constraint consent_source_check CHECK ((source = ANY (ARRAY['desk'::text, 'form'::text, 'reply'::text, 'import'::text, 'system'::text])))
  constraint consent_state_check CHECK ((state = ANY (ARRAY['given'::text, 'refused'::text])))
  constraint consent_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
)
  CREATE INDEX consent_by_patient on consent USING btree (clinic_id, patient_id, channel, purpose, recorded_at DESC)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select to yoman_api
  grant insert, select to yoman_worker

table contact (
  clinic_id uuid not null
  id uuid not null
  branch_id uuid not null
  patient_id uuid
  caller_name text not null default ''::text
  caller_phone text not null default ''::text
  way text not null
  words_sealed bytea not null
  task_id uuid
  written_by uuid not null
  written_at timestamp with time zone not null
  version integer not null default 1
  constraint contact_pkey PRIMARY KEY (clinic_id, id)
  constraint contact_task_once UNIQUE (clinic_id, task_id)
  constraint contact_caller_name_check CHECK ((length(caller_name) <= 120))
  constraint contact_caller_phone_check CHECK (((caller_phone = ''::text) OR (caller_phone ~ '^\+[1-9][0-9]{6,14}$'::text)))
  constraint contact_way_check CHECK ((way = ANY (ARRAY['call_in'::text, 'call_out'::text, 'desk'::text, 'email'::text])))
  constraint contact_with_somebody CHECK (((patient_id IS NOT NULL) OR (caller_name <> ''::text) OR (caller_phone <> ''::text)))
  constraint contact_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint contact_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
  constraint contact_clinic_id_task_id_fkey FOREIGN KEY (clinic_id, task_id) REFERENCES task(clinic_id, id)
  constraint contact_clinic_id_written_by_fkey FOREIGN KEY (clinic_id, written_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX contact_by_branch on contact USING btree (clinic_id, branch_id, written_at DESC, id DESC)
  CREATE INDEX contact_by_patient on contact USING btree (clinic_id, patient_id, written_at DESC, id DESC) WHERE (patient_id IS NOT NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  trigger keep_contact calls keep_contact
  grant insert, select, update to yoman_api

table contact_earlier (
  clinic_id uuid not null
  contact_id uuid not null
  version integer not null
  way text not null
  words_sealed bytea not null
  replaced_at timestamp with time zone not null
  constraint contact_earlier_pkey PRIMARY KEY (clinic_id, contact_id, version)
  constraint contact_earlier_version_check CHECK ((version > 0))
  constraint contact_earlier_way_check CHECK ((way = ANY (ARRAY['call_in'::text, 'call_out'::text, 'desk'::text, 'email'::text])))
  constraint contact_earlier_clinic_id_contact_id_fkey FOREIGN KEY (clinic_id, contact_id) REFERENCES contact(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api

table conversation (
  clinic_id uuid not null
  id uuid not null
  number text not null
  patient_id uuid
  status text not null default 'open'::text
  unread integer not null default 0
  taken_by uuid
  taken_at timestamp with time zone
  last_at timestamp with time zone not null
  version integer not null default 1
  created_at timestamp with time zone not null
  constraint conversation_pkey PRIMARY KEY (clinic_id, id)
  constraint conversation_once UNIQUE (clinic_id, number)
  constraint conversation_status_check CHECK ((status = ANY (ARRAY['open'::text, 'answered'::text, 'closed'::text])))
  constraint conversation_taken_whole CHECK (((taken_by IS NULL) = (taken_at IS NULL)))
  constraint conversation_unread_check CHECK ((unread >= 0))
  constraint conversation_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
  constraint conversation_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
  constraint conversation_clinic_id_taken_by_fkey FOREIGN KEY (clinic_id, taken_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX conversation_by_patient on conversation USING btree (clinic_id, patient_id) WHERE (patient_id IS NOT NULL)
  CREATE INDEX conversation_by_time on conversation USING btree (clinic_id, last_at DESC, id)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table custom_field (
  clinic_id uuid not null
  id uuid not null
  subject text not null
  key text not null
  kind text not null
  labels jsonb not null
  hints jsonb not null
  group_labels jsonb not null
  options jsonb not null default '[]'::jsonb
  unit text not null default ''::text
  formula text not null default ''::text
  sensitivity text not null
  editors text[] not null default '{}'::text[]
  asked text not null default 'never'::text
  raises_alert boolean not null default false
  position integer not null default 0
  retired_at timestamp with time zone
  version integer not null default 1
  constraint custom_field_pkey PRIMARY KEY (clinic_id, id)
  constraint custom_field_key_once UNIQUE (clinic_id, subject, key)
  constraint custom_field_asked_check CHECK ((asked = ANY (ARRAY['first'::text, 'each_visit'::text, 'never'::text])))
  constraint custom_field_calculated_whole CHECK (((kind = 'calculated'::text) = (formula <> ''::text)))
  constraint custom_field_editors_check CHECK ((editors <@ '{owner,receptionist,doctor,hygienist,assistant,accountant}'::text[]))
  constraint custom_field_formula_check CHECK ((length(formula) <= 500))
  constraint custom_field_group_labels_check CHECK ((jsonb_typeof(group_labels) = 'object'::text))
  constraint custom_field_hints_check CHECK ((jsonb_typeof(hints) = 'object'::text))
  constraint custom_field_key_check CHECK ((key ~ '^[a-z][a-z0-9_]{0,39}$'::text))
  constraint custom_field_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'choice'::text, 'choices'::text, 'file'::text, 'calculated'::text])))
  constraint custom_field_labels_check CHECK ((jsonb_typeof(labels) = 'object'::text))
  constraint custom_field_of_a_note_is_clinical CHECK (((subject <> 'note'::text) OR (sensitivity = 'clinical'::text)))
  constraint custom_field_options_check CHECK ((jsonb_typeof(options) = 'array'::text))
  constraint custom_field_sensitivity_check CHECK ((sensitivity = ANY (ARRAY['desk'::text, 'clinical'::text, 'money'::text, 'owner'::text])))
  constraint custom_field_subject_check CHECK ((subject = ANY (ARRAY['patient'::text, 'visit'::text, 'note'::text])))
  constraint custom_field_unit_check CHECK ((length(unit) <= 20))
  constraint custom_field_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table custom_value (
  clinic_id uuid not null
  id uuid not null
  field_id uuid not null
  patient_id uuid not null
  appointment_id uuid
  encounter_id uuid
  subject_id uuid not null generated always as (COALESCE(encounter_id, appointment_id, patient_id)) stored
  value jsonb
  value_sealed bytea
  source text not null
  recorded_by uuid
  recorded_at timestamp with time zone not null
  version integer not null default 1
  constraint custom_value_pkey PRIMARY KEY (clinic_id, id)
  constraint custom_value_once UNIQUE (clinic_id, field_id, subject_id)
  constraint custom_value_in_one_place CHECK (((value IS NULL) OR (value_sealed IS NULL)))
  constraint custom_value_of_one CHECK (((appointment_id IS NULL) OR (encounter_id IS NULL)))
  constraint custom_value_source_check CHECK ((source = ANY (ARRAY['desk'::text, 'form'::text, 'import'::text])))
  constraint custom_value_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint custom_value_clinic_id_encounter_id_fkey FOREIGN KEY (clinic_id, encounter_id) REFERENCES encounter(clinic_id, id)
  constraint custom_value_clinic_id_field_id_fkey FOREIGN KEY (clinic_id, field_id) REFERENCES custom_field(clinic_id, id)
  constraint custom_value_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
  constraint custom_value_clinic_id_recorded_by_fkey FOREIGN KEY (clinic_id, recorded_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX custom_value_by_encounter on custom_value USING btree (clinic_id, encounter_id) WHERE (encounter_id IS NOT NULL)
  CREATE INDEX custom_value_by_patient on custom_value USING btree (clinic_id, patient_id)
  CREATE INDEX custom_value_by_visit on custom_value USING btree (clinic_id, appointment_id) WHERE (appointment_id IS NOT NULL)
  CREATE INDEX custom_value_by_words on custom_value USING btree (clinic_id, field_id, "left"((value #>> '{}'::text[]), 100)) WHERE (value IS NOT NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table custom_value_change (
  clinic_id uuid not null
  id uuid not null
  value_id uuid not null
  version integer not null
  value jsonb
  value_sealed bytea
  source text not null
  recorded_by uuid
  recorded_at timestamp with time zone not null
  constraint custom_value_change_pkey PRIMARY KEY (clinic_id, id)
  constraint custom_value_change_in_order UNIQUE (clinic_id, value_id, version)
  constraint custom_value_change_source_check CHECK ((source = ANY (ARRAY['desk'::text, 'form'::text, 'import'::text])))
  constraint custom_value_change_version_check CHECK ((version > 0))
  constraint custom_value_change_clinic_id_recorded_by_fkey FOREIGN KEY (clinic_id, recorded_by) REFERENCES staff(clinic_id, id)
  constraint custom_value_change_clinic_id_value_id_fkey FOREIGN KEY (clinic_id, value_id) REFERENCES custom_value(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api

table data_key (
  clinic_id uuid not null
  epoch integer not null
  wrapped bytea not null
  created_at timestamp with time zone not null default now()
  constraint data_key_pkey PRIMARY KEY (clinic_id, epoch)
  constraint data_key_epoch_check CHECK ((epoch > 0))
  constraint data_key_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select to yoman_api
  grant select to yoman_worker

table dead_address (
  clinic_id uuid not null
  channel text not null
  address text not null
  code text not null
  marked_at timestamp with time zone not null
  constraint dead_address_pkey PRIMARY KEY (clinic_id, channel, address)
  constraint dead_address_address_check CHECK (((length(address) >= 1) AND (length(address) <= 254)))
  constraint dead_address_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text, 'whatsapp'::text, 'voice'::text])))
  constraint dead_address_code_check CHECK (((length(code) >= 1) AND (length(code) <= 40)))
  constraint dead_address_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api
  grant insert, select to yoman_worker

table debt_pause (
  clinic_id uuid not null
  id uuid not null
  patient_id uuid not null
  until_on date not null
  reason text not null
  made_by uuid not null
  made_at timestamp with time zone not null
  ended_at timestamp with time zone
  constraint debt_pause_pkey PRIMARY KEY (clinic_id, id)
  constraint debt_pause_reason_check CHECK (((btrim(reason) <> ''::text) AND (length(reason) <= 300)))
  constraint debt_pause_clinic_id_made_by_fkey FOREIGN KEY (clinic_id, made_by) REFERENCES staff(clinic_id, id)
  constraint debt_pause_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
)
  CREATE INDEX debt_pause_by_patient on debt_pause USING btree (clinic_id, patient_id, until_on) WHERE (ended_at IS NULL)
  CREATE INDEX debt_pause_by_staff on debt_pause USING btree (clinic_id, made_by)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table debt_reminder (
  clinic_id uuid not null
  invoice_id uuid not null
  step smallint not null
  way text
  message_id uuid
  task_id uuid
  skip_reason text
  made_by uuid
  made_at timestamp with time zone not null
  constraint debt_reminder_pkey PRIMARY KEY (clinic_id, invoice_id, step)
  constraint debt_reminder_done_one_way CHECK (((num_nonnulls(message_id, task_id, skip_reason) = 1) AND ((way IS NULL) = (skip_reason IS NOT NULL))))
  constraint debt_reminder_way_check CHECK ((way = ANY (ARRAY['sms'::text, 'email'::text, 'call'::text])))
  constraint debt_reminder_clinic_id_invoice_id_fkey FOREIGN KEY (clinic_id, invoice_id) REFERENCES invoice(clinic_id, id)
  constraint debt_reminder_clinic_id_made_by_fkey FOREIGN KEY (clinic_id, made_by) REFERENCES staff(clinic_id, id)
  constraint debt_reminder_clinic_id_message_id_fkey FOREIGN KEY (clinic_id, message_id) REFERENCES message(clinic_id, id)
  constraint debt_reminder_clinic_id_task_id_fkey FOREIGN KEY (clinic_id, task_id) REFERENCES task(clinic_id, id)
)
  CREATE INDEX debt_reminder_by_message on debt_reminder USING btree (clinic_id, message_id) WHERE (message_id IS NOT NULL)
  CREATE INDEX debt_reminder_by_staff on debt_reminder USING btree (clinic_id, made_by) WHERE (made_by IS NOT NULL)
  CREATE INDEX debt_reminder_by_task on debt_reminder USING btree (clinic_id, task_id) WHERE (task_id IS NOT NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api
  grant insert, select to yoman_worker

table debt_setting (
  clinic_id uuid not null
  days_to_pay smallint not null default 0
  version integer not null default 1
  reminding boolean not null default false
  constraint debt_setting_pkey PRIMARY KEY (clinic_id)
  constraint debt_setting_days_to_pay_check CHECK (((days_to_pay >= 0) AND (days_to_pay <= 120)))
  constraint debt_setting_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table debt_step (
  clinic_id uuid not null
  step smallint not null
  after_days smallint not null
  way text not null
  constraint debt_step_pkey PRIMARY KEY (clinic_id, step)
  constraint debt_step_after_days_check CHECK (((after_days >= 0) AND (after_days <= 730)))
  constraint debt_step_step_check CHECK (((step >= 1) AND (step <= 6)))
  constraint debt_step_way_check CHECK ((way = ANY (ARRAY['sms'::text, 'email'::text, 'call'::text])))
  constraint debt_step_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api
  grant select to yoman_worker

table debt_write_off (
  clinic_id uuid not null
  id uuid not null
  invoice_id uuid not null
  amount_agorot bigint not null
  reason text not null
  made_by uuid not null
  made_at timestamp with time zone not null
  ended_by uuid
  ended_at timestamp with time zone
  constraint debt_write_off_pkey PRIMARY KEY (clinic_id, id)
  constraint debt_write_off_amount_agorot_check CHECK ((amount_agorot > 0))
  constraint debt_write_off_ended_by_somebody CHECK (((ended_by IS NULL) = (ended_at IS NULL)))
  constraint debt_write_off_reason_check CHECK (((btrim(reason) <> ''::text) AND (length(reason) <= 300)))
  constraint debt_write_off_clinic_id_ended_by_fkey FOREIGN KEY (clinic_id, ended_by) REFERENCES staff(clinic_id, id)
  constraint debt_write_off_clinic_id_invoice_id_fkey FOREIGN KEY (clinic_id, invoice_id) REFERENCES invoice(clinic_id, id)
  constraint debt_write_off_clinic_id_made_by_fkey FOREIGN KEY (clinic_id, made_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX debt_write_off_by_ender on debt_write_off USING btree (clinic_id, ended_by) WHERE (ended_by IS NOT NULL)
  CREATE INDEX debt_write_off_by_invoice on debt_write_off USING btree (clinic_id, invoice_id)
  CREATE INDEX debt_write_off_by_staff on debt_write_off USING btree (clinic_id, made_by)
  CREATE UNIQUE INDEX debt_write_off_once on debt_write_off USING btree (clinic_id, invoice_id) WHERE (ended_at IS NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger look_at_request calls look_at_request_of_write_off
  grant insert, select to yoman_api
  grant select to yoman_worker

table demo_clock (
  singleton boolean not null default true
  offset_ms bigint not null default 0
  constraint demo_clock_pkey PRIMARY KEY (singleton)
  constraint demo_clock_singleton_check CHECK (singleton)
)
  grant select, update to yoman_api
  grant select, update to yoman_worker

table diary_look (
  clinic_id uuid not null
  staff_id uuid not null
  branch_id uuid not null
  seen_seq bigint not null
  looked_at timestamp with time zone not null
  constraint diary_look_pkey PRIMARY KEY (clinic_id, staff_id, branch_id)
  constraint diary_look_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id) ON DELETE CASCADE
  constraint diary_look_clinic_id_staff_id_fkey FOREIGN KEY (clinic_id, staff_id) REFERENCES staff(clinic_id, id) ON DELETE CASCADE
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api

table discount_setting (
  clinic_id uuid not null
  limits jsonb not null default '{}'::jsonb
  reasons text[] not null default '{}'::text[]
  version integer not null default 1
  constraint discount_setting_pkey PRIMARY KEY (clinic_id)
  constraint discount_setting_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table document_counter (
  clinic_id uuid not null
  kind text not null
  last_number bigint not null default 0
  constraint document_counter_pkey PRIMARY KEY (clinic_id, kind)
  constraint document_counter_kind_check CHECK ((kind = ANY (ARRAY['300'::text, '305'::text, '320'::text, '330'::text, '400'::text, '410'::text])))
  constraint document_counter_last_number_check CHECK ((last_number >= 0))
  constraint document_counter_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy worker_walks for select to yoman_worker using true
  grant insert, select, update to yoman_api
  grant insert, select, update to yoman_worker

table encounter (
  clinic_id uuid not null
  id uuid not null
  patient_id uuid not null
  appointment_id uuid
  practitioner_id uuid not null
  branch_id uuid not null
  status text not null default 'draft'::text
  started_at timestamp with time zone not null
  signed_at timestamp with time zone
  signed_by uuid
  version integer not null default 1
  constraint encounter_pkey PRIMARY KEY (clinic_id, id)
  constraint encounter_one_per_appointment UNIQUE (clinic_id, appointment_id)
  constraint encounter_signed_whole CHECK (((status = 'signed'::text) = (signed_at IS NOT NULL)))
  constraint encounter_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'signed'::text])))
  constraint encounter_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint encounter_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint encounter_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
  constraint encounter_clinic_id_practitioner_id_fkey FOREIGN KEY (clinic_id, practitioner_id) REFERENCES practitioner(clinic_id, id)
)
  CREATE INDEX encounter_by_patient on encounter USING btree (clinic_id, patient_id, started_at DESC)
  CREATE INDEX encounter_of_no_visit on encounter USING btree (clinic_id, started_at) WHERE (appointment_id IS NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table event (
  clinic_id uuid not null
  id uuid not null
  seq bigint not null generated always as identity
  at timestamp with time zone not null
  recorded_at timestamp with time zone not null default clock_timestamp()
  name text not null
  actor_kind text not null
  actor_id uuid
  session_id uuid
  request_id text
  ip inet
  subject_type text not null
  subject_id uuid not null
  patient_id uuid
  branch_id uuid
  outcome text not null default 'done'::text
  details jsonb not null default '{}'::jsonb
  constraint event_pkey PRIMARY KEY (clinic_id, id)
  constraint event_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['staff'::text, 'system'::text, 'anonymous'::text, 'patient'::text])))
  constraint event_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'refused'::text])))
)
  CREATE INDEX event_by_branch on event USING btree (clinic_id, branch_id, seq DESC) WHERE (branch_id IS NOT NULL)
  CREATE INDEX event_by_patient on event USING btree (clinic_id, patient_id, seq DESC) WHERE (patient_id IS NOT NULL)
  CREATE INDEX event_by_subject on event USING btree (clinic_id, subject_id, seq DESC)
  CREATE INDEX event_by_time on event USING btree (clinic_id, seq DESC)
  CREATE INDEX event_moved_from on event USING btree (clinic_id, (((details -> 'from'::text) ->> 'startsAt'::text)) COLLATE "C") WHERE (name = 'appointment.moved'::text)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api
  grant insert, select to yoman_worker

table flow_setting (
  clinic_id uuid not null
  branch_id uuid not null
  waiting_minutes smallint not null default 20
  late_minutes smallint not null default 10
  screen_names text not null default 'number'::text
  version integer not null default 1
  constraint flow_setting_pkey PRIMARY KEY (clinic_id, branch_id)
  constraint flow_setting_late_minutes_check CHECK (((late_minutes >= 1) AND (late_minutes <= 120)))
  constraint flow_setting_screen_names_check CHECK ((screen_names = ANY (ARRAY['number'::text, 'initials'::text, 'first_name'::text])))
  constraint flow_setting_waiting_minutes_check CHECK (((waiting_minutes >= 5) AND (waiting_minutes <= 180)))
  constraint flow_setting_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id) ON DELETE CASCADE
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api

table form (
  clinic_id uuid not null
  id uuid not null
  kind text not null
  latest integer not null
  retired_at timestamp with time zone
  version integer not null default 1
  constraint form_pkey PRIMARY KEY (clinic_id, id)
  constraint form_kind_check CHECK ((kind = ANY (ARRAY['anamnesis'::text, 'intake'::text, 'consent'::text, 'other'::text])))
  constraint form_latest_check CHECK ((latest > 0))
  constraint form_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table form_response (
  clinic_id uuid not null
  id uuid not null
  form_id uuid not null
  form_seq integer not null
  patient_id uuid not null
  branch_id uuid not null
  appointment_id uuid
  language text not null
  given_by text not null
  status text not null default 'open'::text
  token_hash bytea not null
  device_hash bytea
  expires_at timestamp with time zone not null
  answers_sealed bytea
  saves integer not null default 0
  signature_sealed bytea
  signed_hash bytea
  signed_at timestamp with time zone
  created_by uuid
  created_at timestamp with time zone not null
  version integer not null default 1
  constraint form_response_pkey PRIMARY KEY (clinic_id, id)
  constraint form_response_given_by_check CHECK ((given_by = ANY (ARRAY['sms'::text, 'here'::text])))
  constraint form_response_language_check CHECK ((language = ANY (ARRAY['he'::text, 'en'::text, 'ar'::text, 'ru'::text])))
  constraint form_response_signed_whole CHECK ((((status = 'signed'::text) = (signed_at IS NOT NULL)) AND ((status = 'signed'::text) = (signed_hash IS NOT NULL))))
  constraint form_response_status_check CHECK ((status = ANY (ARRAY['open'::text, 'signed'::text, 'withdrawn'::text])))
  constraint form_response_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint form_response_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint form_response_clinic_id_created_by_fkey FOREIGN KEY (clinic_id, created_by) REFERENCES staff(clinic_id, id)
  constraint form_response_clinic_id_form_id_form_seq_fkey FOREIGN KEY (clinic_id, form_id, form_seq) REFERENCES form_version(clinic_id, form_id, seq)
  constraint form_response_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
)
  CREATE INDEX form_response_by_patient on form_response USING btree (clinic_id, patient_id, created_at DESC)
  CREATE UNIQUE INDEX form_response_by_token on form_response USING btree (token_hash)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy filling for select to yoman_api using is_filling_form()
  trigger follow_merge_patient_id calls follow_merge
  trigger keep_signed_form calls keep_signed_form
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table form_version (
  clinic_id uuid not null
  form_id uuid not null
  seq integer not null
  content jsonb not null
  published_by uuid
  published_at timestamp with time zone not null
  constraint form_version_pkey PRIMARY KEY (clinic_id, form_id, seq)
  constraint form_version_content_check CHECK ((jsonb_typeof(content) = 'object'::text))
  constraint form_version_seq_check CHECK ((seq > 0))
  constraint form_version_clinic_id_form_id_fkey FOREIGN KEY (clinic_id, form_id) REFERENCES form(clinic_id, id)
  constraint form_version_clinic_id_published_by_fkey FOREIGN KEY (clinic_id, published_by) REFERENCES staff(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api
  grant select to yoman_worker

table handover (
  clinic_id uuid not null
  id uuid not null
  branch_id uuid not null
  words text not null
  open_counts jsonb not null
  status text not null default 'waiting'::text
  given_by uuid not null
  given_at timestamp with time zone not null
  ended_by uuid
  ended_at timestamp with time zone
  version integer not null default 1
  constraint handover_pkey PRIMARY KEY (clinic_id, id)
  constraint handover_ended_whole CHECK ((((status = 'waiting'::text) = (ended_at IS NULL)) AND ((ended_at IS NULL) = (ended_by IS NULL))))
  constraint handover_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'taken'::text, 'withdrawn'::text])))
  constraint handover_taken_by_another CHECK (((status <> 'taken'::text) OR (ended_by <> given_by)))
  constraint handover_words_check CHECK (((length(words) >= 1) AND (length(words) <= 4000)))
  constraint handover_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint handover_clinic_id_ended_by_fkey FOREIGN KEY (clinic_id, ended_by) REFERENCES staff(clinic_id, id)
  constraint handover_clinic_id_given_by_fkey FOREIGN KEY (clinic_id, given_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX handover_by_branch on handover USING btree (clinic_id, branch_id, given_at DESC, id)
  CREATE UNIQUE INDEX handover_one_waiting on handover USING btree (clinic_id, branch_id) WHERE (status = 'waiting'::text)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api

table hours_exception (
  clinic_id uuid not null
  id uuid not null
  resource_id uuid
  branch_id uuid
  on_date date not null
  kind text not null
  starts time without time zone
  ends time without time zone
  reason text not null default ''::text
  block_id uuid
  constraint hours_exception_pkey PRIMARY KEY (clinic_id, id)
  constraint hours_exception_block_closes CHECK (((block_id IS NULL) OR (kind = 'closed'::text)))
  constraint hours_exception_kind_check CHECK ((kind = ANY (ARRAY['closed'::text, 'open'::text])))
  constraint hours_exception_of_something CHECK (((resource_id IS NOT NULL) OR (branch_id IS NOT NULL)))
  constraint hours_exception_times CHECK ((((starts IS NULL) AND (ends IS NULL) AND (kind = 'closed'::text)) OR (ends > starts)))
  constraint hours_exception_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id) ON DELETE CASCADE
  constraint hours_exception_clinic_id_resource_id_fkey FOREIGN KEY (clinic_id, resource_id) REFERENCES resource(clinic_id, id) ON DELETE CASCADE
  constraint hours_exception_of_block FOREIGN KEY (clinic_id, block_id) REFERENCES block(clinic_id, id)
)
  CREATE INDEX hours_exception_by_block on hours_exception USING btree (clinic_id, block_id) WHERE (block_id IS NOT NULL)
  CREATE INDEX hours_exception_by_date on hours_exception USING btree (clinic_id, on_date)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select, update to yoman_api
  grant select to yoman_worker

table import_job (
  clinic_id uuid not null
  id uuid not null
  kind text not null
  file_name text not null
  status text not null
  headings jsonb not null default '[]'::jsonb
  mapping jsonb not null default '{}'::jsonb
  total_rows integer not null default 0
  checked_rows integer not null default 0
  done_rows integer not null default 0
  counts jsonb not null default '{}'::jsonb
  problem text
  heartbeat_at timestamp with time zone
  created_by uuid
  created_at timestamp with time zone not null
  version integer not null default 1
  leave_wrong boolean not null default false
  constraint import_job_pkey PRIMARY KEY (clinic_id, id)
  constraint import_job_kind_check CHECK ((kind = ANY (ARRAY['patients'::text, 'appointments'::text])))
  constraint import_job_status_check CHECK ((status = ANY (ARRAY['uploaded'::text, 'checking'::text, 'checked'::text, 'running'::text, 'done'::text, 'failed'::text])))
  constraint import_job_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table import_row (
  clinic_id uuid not null
  job_id uuid not null
  row_number integer not null
  cells_sealed bytea not null
  verdict text
  problems jsonb not null default '[]'::jsonb
  subject_id uuid
  constraint import_row_pkey PRIMARY KEY (clinic_id, job_id, row_number)
  constraint import_row_verdict_check CHECK ((verdict = ANY (ARRAY['new'::text, 'same'::text, 'duplicate'::text, 'error'::text])))
  constraint import_row_clinic_id_job_id_fkey FOREIGN KEY (clinic_id, job_id) REFERENCES import_job(clinic_id, id) ON DELETE CASCADE
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select, update to yoman_api

table inbound_message (
  clinic_id uuid not null
  id uuid not null
  provider_id text not null
  from_number text not null
  body text not null
  patient_id uuid
  appointment_id uuid
  understood_as text not null default 'unknown'::text
  received_at timestamp with time zone not null
  channel text not null default 'sms'::text
  constraint inbound_message_pkey PRIMARY KEY (clinic_id, id)
  constraint inbound_message_once UNIQUE (clinic_id, provider_id)
  constraint inbound_message_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'whatsapp'::text, 'voice'::text])))
  constraint inbound_message_understood_as_check CHECK ((understood_as = ANY (ARRAY['confirm'::text, 'cancel'::text, 'move'::text, 'stop'::text, 'start'::text, 'unknown'::text])))
  constraint inbound_message_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint inbound_message_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
  constraint inbound_message_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
)
  CREATE INDEX inbound_message_by_number on inbound_message USING btree (clinic_id, from_number, received_at DESC)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select to yoman_api
  grant insert, select to yoman_worker

table invoice (
  clinic_id uuid not null
  id uuid not null
  kind text not null
  number bigint not null
  branch_id uuid not null
  patient_id uuid not null
  encounter_id uuid
  appointment_id uuid
  based_on_id uuid
  language text not null
  issued_at timestamp with time zone not null
  issued_on date not null
  vat_basis_points integer not null
  net_agorot bigint not null
  vat_agorot bigint not null
  total_agorot bigint not null
  business jsonb not null
  payer jsonb not null
  issued_by uuid
  original_made_at timestamp with time zone
  reason text not null default ''::text
  cheque_id uuid
  advance boolean not null default false
  credit_id uuid
  organisation_id uuid
  payer_part boolean not null default false
  instead_of_id uuid
  constraint invoice_pkey PRIMARY KEY (clinic_id, id)
  constraint invoice_number_once UNIQUE (clinic_id, kind, number)
  constraint invoice_adds_up CHECK (((net_agorot + vat_agorot) = total_agorot))
  constraint invoice_advance_alone CHECK (((NOT advance) OR ((kind = ANY (ARRAY['320'::text, '400'::text])) AND (based_on_id IS NULL) AND (appointment_id IS NOT NULL))))
  constraint invoice_by_credit CHECK (((credit_id IS NULL) OR ((kind = '305'::text) AND (based_on_id IS NOT NULL) AND (cheque_id IS NULL))))
  constraint invoice_credit_reason CHECK (((kind <> '330'::text) OR (btrim(reason) <> ''::text)))
  constraint invoice_instead_of_one CHECK (((instead_of_id IS NULL) = ((NOT payer_part) OR (based_on_id IS NULL))))
  constraint invoice_kind_check CHECK ((kind = ANY (ARRAY['300'::text, '305'::text, '320'::text, '330'::text, '400'::text, '410'::text])))
  constraint invoice_language_check CHECK ((language = ANY (ARRAY['he'::text, 'ar'::text, 'ru'::text, 'en'::text])))
  constraint invoice_number_check CHECK ((number > 0))
  constraint invoice_of_a_cheque CHECK (((cheque_id IS NULL) OR ((kind = ANY (ARRAY['305'::text, '410'::text])) AND (based_on_id IS NOT NULL)))) NOT VALID
  constraint invoice_payer_part_of_visit CHECK (((NOT payer_part) OR ((kind = '300'::text) AND (appointment_id IS NOT NULL) AND ((organisation_id IS NOT NULL) OR (instead_of_id IS NOT NULL)))))
  constraint invoice_reason_check CHECK ((length(reason) <= 300))
  constraint invoice_takes_back CHECK (((kind <> ALL (ARRAY['330'::text, '410'::text])) OR ((based_on_id IS NOT NULL) AND (total_agorot > 0))))
  constraint invoice_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint invoice_clinic_id_based_on_id_fkey FOREIGN KEY (clinic_id, based_on_id) REFERENCES invoice(clinic_id, id)
  constraint invoice_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint invoice_clinic_id_cheque_id_fkey FOREIGN KEY (clinic_id, cheque_id) REFERENCES payment(clinic_id, id)
  constraint invoice_clinic_id_credit_id_fkey FOREIGN KEY (clinic_id, credit_id) REFERENCES invoice(clinic_id, id)
  constraint invoice_clinic_id_encounter_id_fkey FOREIGN KEY (clinic_id, encounter_id) REFERENCES encounter(clinic_id, id)
  constraint invoice_clinic_id_instead_of_id_fkey FOREIGN KEY (clinic_id, instead_of_id) REFERENCES invoice(clinic_id, id)
  constraint invoice_clinic_id_organisation_id_fkey FOREIGN KEY (clinic_id, organisation_id) REFERENCES organisation(clinic_id, id)
  constraint invoice_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
)
  CREATE INDEX invoice_by_advance on invoice USING btree (clinic_id, patient_id) WHERE advance
  CREATE INDEX invoice_by_base on invoice USING btree (clinic_id, based_on_id) WHERE (based_on_id IS NOT NULL)
  CREATE INDEX invoice_by_credit_used on invoice USING btree (clinic_id, credit_id) WHERE (credit_id IS NOT NULL)
  CREATE INDEX invoice_by_day on invoice USING btree (clinic_id, issued_on)
  CREATE INDEX invoice_by_instead_of on invoice USING btree (clinic_id, instead_of_id) WHERE (instead_of_id IS NOT NULL)
  CREATE INDEX invoice_by_patient on invoice USING btree (clinic_id, patient_id, issued_at DESC)
  CREATE INDEX invoice_by_time on invoice USING btree (clinic_id, issued_at DESC, id)
  CREATE INDEX invoice_by_visit on invoice USING btree (clinic_id, appointment_id) WHERE (appointment_id IS NOT NULL)
  CREATE UNIQUE INDEX invoice_billed_anew_once on invoice USING btree (clinic_id, appointment_id, based_on_id) WHERE ((kind = '300'::text) AND (based_on_id IS NOT NULL) AND (NOT payer_part))
  CREATE UNIQUE INDEX invoice_once_per_cheque on invoice USING btree (clinic_id, cheque_id, kind) WHERE (cheque_id IS NOT NULL)
  CREATE UNIQUE INDEX invoice_once_per_visit on invoice USING btree (clinic_id, appointment_id) WHERE ((appointment_id IS NOT NULL) AND (based_on_id IS NULL) AND (kind = ANY (ARRAY['300'::text, '305'::text, '320'::text])) AND (NOT advance) AND (NOT payer_part))
  CREATE UNIQUE INDEX invoice_payer_part_once on invoice USING btree (clinic_id, appointment_id, organisation_id) WHERE (payer_part AND (based_on_id IS NULL))
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger credit_used_within calls credit_used_within
  trigger follow_merge_patient_id calls follow_merge
  trigger issued_is_final calls only_first_original
  trigger issued_is_kept calls refuse_change
  trigger look_at_request calls look_at_request_of_document
  trigger month_is_open calls month_of_document
  trigger no_tax_for_gone calls no_tax_for_gone
  trigger reassigned_within calls reassigned_within
  trigger taken_back_within calls taken_back_within
  grant insert, select, update to yoman_api
  grant insert, select, update to yoman_worker

table invoice_line (
  clinic_id uuid not null
  invoice_id uuid not null
  line smallint not null
  price_item_id uuid
  description text not null
  quantity integer not null
  unit_price_agorot bigint not null
  total_agorot bigint not null
  credits_line smallint
  discount_agorot bigint not null default 0
  constraint invoice_line_pkey PRIMARY KEY (clinic_id, invoice_id, line)
  constraint invoice_line_adds_up CHECK ((total_agorot = ((quantity * unit_price_agorot) - discount_agorot)))
  constraint invoice_line_credits_line_check CHECK ((credits_line > 0))
  constraint invoice_line_description_check CHECK (((length(description) >= 1) AND (length(description) <= 200)))
  constraint invoice_line_discount CHECK (((discount_agorot = 0) OR ((discount_agorot > 0) AND (total_agorot >= 0))))
  constraint invoice_line_line_check CHECK ((line > 0))
  constraint invoice_line_quantity_check CHECK (((quantity >= 1) AND (quantity <= 999)))
  constraint invoice_line_clinic_id_invoice_id_fkey FOREIGN KEY (clinic_id, invoice_id) REFERENCES invoice(clinic_id, id)
  constraint invoice_line_clinic_id_price_item_id_fkey FOREIGN KEY (clinic_id, price_item_id) REFERENCES price_item(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api
  grant insert, select to yoman_worker

table laboratory_cost (
  clinic_id uuid not null
  id uuid not null
  procedure_id uuid not null
  day date not null
  laboratory text not null
  reference text not null default ''::text
  amount_agorot bigint not null
  recorded_at timestamp with time zone not null
  recorded_by uuid not null
  constraint laboratory_cost_pkey PRIMARY KEY (clinic_id, id)
  constraint laboratory_cost_amount_agorot_check CHECK (((amount_agorot >= 1) AND (amount_agorot <= 100000000)))
  constraint laboratory_cost_laboratory_check CHECK (((length(laboratory) >= 1) AND (length(laboratory) <= 120)))
  constraint laboratory_cost_reference_check CHECK ((length(reference) <= 60))
  constraint laboratory_cost_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
  constraint laboratory_cost_clinic_id_procedure_id_fkey FOREIGN KEY (clinic_id, procedure_id) REFERENCES procedure_done(clinic_id, id)
  constraint laboratory_cost_clinic_id_recorded_by_fkey FOREIGN KEY (clinic_id, recorded_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX laboratory_cost_by_day on laboratory_cost USING btree (clinic_id, day)
  CREATE INDEX laboratory_cost_by_procedure on laboratory_cost USING btree (clinic_id, procedure_id)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger month_is_open calls month_of_laboratory_cost
  grant delete, insert, select to yoman_api
  grant select to yoman_worker

table letter (
  clinic_id uuid not null
  id uuid not null
  patient_id uuid not null
  encounter_id uuid
  kind text not null
  language text not null
  template_seq integer not null
  content_sealed bytea not null
  content_hash bytea not null
  signed_by uuid not null
  signed_at timestamp with time zone not null
  attachment_id uuid not null
  constraint letter_pkey PRIMARY KEY (clinic_id, id)
  constraint letter_begun_from CHECK ((template_seq >= 0))
  constraint letter_content_hash_check CHECK ((length(content_hash) = 32))
  constraint letter_kind_check CHECK ((kind = ANY (ARRAY['referral'::text, 'sick_note'::text, 'prescription'::text, 'summary'::text])))
  constraint letter_language_check CHECK ((language = ANY (ARRAY['he'::text, 'ar'::text, 'ru'::text, 'en'::text])))
  constraint letter_clinic_id_encounter_id_fkey FOREIGN KEY (clinic_id, encounter_id) REFERENCES encounter(clinic_id, id)
  constraint letter_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
  constraint letter_clinic_id_signed_by_fkey FOREIGN KEY (clinic_id, signed_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX letter_by_patient on letter USING btree (clinic_id, patient_id, signed_at DESC)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select to yoman_api

table letter_template (
  clinic_id uuid not null
  kind text not null
  language text not null
  seq integer not null
  title text not null
  body text not null
  written_by uuid not null
  written_at timestamp with time zone not null
  constraint letter_template_pkey PRIMARY KEY (clinic_id, kind, language, seq)
  constraint letter_template_body_check CHECK ((length(body) <= 6000))
  constraint letter_template_kind_check CHECK ((kind = ANY (ARRAY['referral'::text, 'sick_note'::text, 'prescription'::text, 'summary'::text])))
  constraint letter_template_language_check CHECK ((language = ANY (ARRAY['he'::text, 'ar'::text, 'ru'::text, 'en'::text])))
  constraint letter_template_seq_check CHECK ((seq > 0))
  constraint letter_template_title_check CHECK (((length(title) >= 1) AND (length(title) <= 120)))
  constraint letter_template_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
  constraint letter_template_clinic_id_written_by_fkey FOREIGN KEY (clinic_id, written_by) REFERENCES staff(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api
  grant select to yoman_worker

table login (
  clinic_id uuid not null
  staff_id uuid not null
  email text not null
  password_hash text not null
  changed_at timestamp with time zone not null default now()
  constraint login_pkey PRIMARY KEY (clinic_id, staff_id)
  constraint login_email_once UNIQUE (email)
  constraint login_email_check CHECK ((email = lower(email)))
  constraint login_clinic_id_staff_id_fkey FOREIGN KEY (clinic_id, staff_id) REFERENCES staff(clinic_id, id) ON DELETE CASCADE
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy sign_in for select to public using is_signing_in()
  grant insert, select, update to yoman_api

table message (
  clinic_id uuid not null
  id uuid not null
  kind text not null
  channel text not null
  patient_id uuid
  appointment_id uuid
  appointment_starts_at timestamp with time zone
  reminder_id uuid
  invoice_id uuid
  dedupe_key text not null
  language text not null
  to_address text not null
  subject text not null default ''::text
  body text not null
  state text not null default 'queued'::text
  not_before timestamp with time zone not null
  useful_until timestamp with time zone
  attempt smallint not null default 0
  lease_until timestamp with time zone
  first_tried_at timestamp with time zone
  lookups smallint not null default 0
  sent_at timestamp with time zone
  settled_at timestamp with time zone
  provider_id text
  provider_status text
  error_code text
  created_at timestamp with time zone not null
  offer_id uuid
  form_response_id uuid
  staff_id uuid
  parts smallint
  held_since timestamp with time zone
  asked_at timestamp with time zone
  doubled_at timestamp with time zone
  content_sid text
  content_variables jsonb
  statement_id uuid
  constraint message_pkey PRIMARY KEY (clinic_id, id)
  constraint message_once UNIQUE (clinic_id, dedupe_key)
  constraint message_by_whatsapp_is_a_template CHECK ((((channel = 'whatsapp'::text) = (content_sid IS NOT NULL)) AND ((content_sid IS NULL) = (content_variables IS NULL))))
  constraint message_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text, 'whatsapp'::text, 'voice'::text])))
  constraint message_for_somebody CHECK (((patient_id IS NOT NULL) OR (staff_id IS NOT NULL)))
  constraint message_kind_check CHECK ((kind = ANY (ARRAY['reminder'::text, 'booked'::text, 'moved'::text, 'cancelled'::text, 'invoice'::text, 'offer'::text, 'series_changed'::text, 'series_cancelled'::text, 'form'::text, 'alarm'::text, 'reply'::text, 'debt'::text, 'payment_link'::text, 'statement'::text])))
  constraint message_language_check CHECK ((language = ANY (ARRAY['he'::text, 'ar'::text, 'ru'::text, 'en'::text])))
  constraint message_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'delivered'::text, 'failed'::text, 'unknown'::text, 'skipped'::text])))
  constraint message_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint message_clinic_id_form_response_id_fkey FOREIGN KEY (clinic_id, form_response_id) REFERENCES form_response(clinic_id, id)
  constraint message_clinic_id_invoice_id_fkey FOREIGN KEY (clinic_id, invoice_id) REFERENCES invoice(clinic_id, id)
  constraint message_clinic_id_offer_id_fkey FOREIGN KEY (clinic_id, offer_id) REFERENCES waitlist_offer(clinic_id, id)
  constraint message_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
  constraint message_clinic_id_reminder_id_fkey FOREIGN KEY (clinic_id, reminder_id) REFERENCES reminder(clinic_id, id)
  constraint message_clinic_id_staff_id_fkey FOREIGN KEY (clinic_id, staff_id) REFERENCES staff(clinic_id, id)
  constraint message_clinic_id_statement_id_fkey FOREIGN KEY (clinic_id, statement_id) REFERENCES account_statement(clinic_id, id)
)
  CREATE INDEX message_by_address on message USING btree (to_address, first_tried_at DESC) WHERE (first_tried_at IS NOT NULL)
  CREATE INDEX message_by_appointment on message USING btree (clinic_id, appointment_id) WHERE (appointment_id IS NOT NULL)
  CREATE INDEX message_by_form on message USING btree (clinic_id, form_response_id) WHERE (form_response_id IS NOT NULL)
  CREATE INDEX message_by_invoice on message USING btree (clinic_id, invoice_id) WHERE (invoice_id IS NOT NULL)
  CREATE INDEX message_by_number on message USING btree (clinic_id, to_address, created_at DESC)
  CREATE INDEX message_by_offer on message USING btree (clinic_id, offer_id) WHERE (offer_id IS NOT NULL)
  CREATE INDEX message_by_patient on message USING btree (clinic_id, patient_id, created_at DESC)
  CREATE INDEX message_by_statement on message USING btree (clinic_id, statement_id) WHERE (statement_id IS NOT NULL)
  CREATE INDEX message_by_time on message USING btree (clinic_id, created_at DESC, id)
  CREATE INDEX message_doubled on message USING btree (doubled_at) WHERE (doubled_at IS NOT NULL)
  CREATE INDEX message_reminders_by_time on message USING btree (clinic_id, created_at) WHERE (kind = 'reminder'::text)
  CREATE INDEX message_to_send on message USING btree (not_before) WHERE (state = 'queued'::text)
  CREATE INDEX message_unsettled on message USING btree (lease_until) WHERE (state = ANY (ARRAY['sending'::text, 'unknown'::text]))
  CREATE INDEX message_without_receipt on message USING btree (sent_at) WHERE ((state = 'sent'::text) AND (channel <> 'email'::text))
  row level security, forced
  policy callback for select to yoman_api using is_taking_callback()
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy counts_late for select to yoman_api using is_counting_late()
  policy worker_walks for select to yoman_worker using true
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select, update to yoman_api
  grant insert, select, update to yoman_worker

table message_receipt (
  clinic_id uuid not null
  id uuid not null
  message_id uuid not null
  provider_id text not null
  status text not null
  error_code text
  received_at timestamp with time zone not null
  constraint message_receipt_pkey PRIMARY KEY (clinic_id, id)
  constraint message_receipt_once UNIQUE (clinic_id, message_id, provider_id, status)
  constraint message_receipt_clinic_id_message_id_fkey FOREIGN KEY (clinic_id, message_id) REFERENCES message(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api
  grant insert, select to yoman_worker

table message_template (
  clinic_id uuid not null
  kind text not null
  channel text not null
  language text not null
  subject text not null default ''::text
  body text not null
  version integer not null default 1
  constraint message_template_pkey PRIMARY KEY (clinic_id, kind, channel, language)
  constraint message_template_body_check CHECK (((length(body) >= 1) AND (length(body) <= 2000)))
  constraint message_template_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text])))
  constraint message_template_kind_check CHECK ((kind = ANY (ARRAY['reminder'::text, 'booked'::text, 'moved'::text, 'cancelled'::text, 'invoice'::text, 'offer'::text, 'series_changed'::text, 'series_cancelled'::text, 'form'::text, 'debt'::text, 'statement'::text])))
  constraint message_template_language_check CHECK ((language = ANY (ARRAY['he'::text, 'ar'::text, 'ru'::text, 'en'::text])))
  constraint message_template_subject_check CHECK ((length(subject) <= 150))
  constraint message_template_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table message_template_version (
  clinic_id uuid not null
  kind text not null
  channel text not null
  language text not null
  version integer not null
  subject text not null
  body text not null
  written_by uuid
  written_at timestamp with time zone not null
  constraint message_template_version_pkey PRIMARY KEY (clinic_id, kind, channel, language, version)
  constraint message_template_version_clinic_id_kind_channel_language_fkey FOREIGN KEY (clinic_id, kind, channel, language) REFERENCES message_template(clinic_id, kind, channel, language)
  constraint message_template_version_clinic_id_written_by_fkey FOREIGN KEY (clinic_id, written_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX message_template_version_by_writer on message_template_version USING btree (clinic_id, written_by) WHERE (written_by IS NOT NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api

table message_visit (
  clinic_id uuid not null
  message_id uuid not null
  appointment_id uuid not null
  starts_at timestamp with time zone not null
  cancelled boolean not null
  constraint message_visit_pkey PRIMARY KEY (clinic_id, message_id, appointment_id)
  constraint message_visit_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint message_visit_clinic_id_message_id_fkey FOREIGN KEY (clinic_id, message_id) REFERENCES message(clinic_id, id)
)
  CREATE INDEX message_visit_by_appointment on message_visit USING btree (clinic_id, appointment_id)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api
  grant insert, select to yoman_worker

table month_closing (
  clinic_id uuid not null
  id uuid not null
  month date not null
  closed_at timestamp with time zone not null
  closed_by uuid not null
  reason text not null default ''::text
  open_points jsonb not null
  totals jsonb not null
  reopened_at timestamp with time zone
  reopened_by uuid
  reopen_reason text
  constraint month_closing_pkey PRIMARY KEY (clinic_id, id)
  constraint month_closing_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  constraint month_closing_reason_check CHECK ((length(reason) <= 300))
  constraint month_closing_reopen_reason_check CHECK (((length(reopen_reason) >= 1) AND (length(reopen_reason) <= 300)))
  constraint month_reopened_whole CHECK ((num_nonnulls(reopened_at, reopened_by, reopen_reason) = ANY (ARRAY[0, 3])))
  constraint month_closing_clinic_id_closed_by_fkey FOREIGN KEY (clinic_id, closed_by) REFERENCES staff(clinic_id, id)
  constraint month_closing_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
  constraint month_closing_clinic_id_reopened_by_fkey FOREIGN KEY (clinic_id, reopened_by) REFERENCES staff(clinic_id, id)
)
  CREATE UNIQUE INDEX month_closed_once on month_closing USING btree (clinic_id, month) WHERE (reopened_at IS NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger closing_is_final calls only_reopened
  trigger closing_is_kept calls refuse_change
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table next_visit_order (
  clinic_id uuid not null
  id uuid not null
  patient_id uuid not null
  encounter_id uuid
  branch_id uuid not null
  ordered_by uuid not null
  status text not null default 'open'::text
  from_date date not null
  to_date date not null
  note_to_desk text not null default ''::text
  cancel_reason text not null default ''::text
  version integer not null default 1
  created_at timestamp with time zone not null
  constraint next_visit_order_pkey PRIMARY KEY (clinic_id, id)
  constraint next_visit_order_note_to_desk_check CHECK ((length(note_to_desk) <= 500))
  constraint next_visit_order_status_check CHECK ((status = ANY (ARRAY['open'::text, 'booked'::text, 'cancelled'::text])))
  constraint next_visit_order_window CHECK ((to_date >= from_date))
  constraint next_visit_order_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint next_visit_order_clinic_id_encounter_id_fkey FOREIGN KEY (clinic_id, encounter_id) REFERENCES encounter(clinic_id, id)
  constraint next_visit_order_clinic_id_ordered_by_fkey FOREIGN KEY (clinic_id, ordered_by) REFERENCES staff(clinic_id, id)
  constraint next_visit_order_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
)
  CREATE INDEX next_visit_order_by_patient on next_visit_order USING btree (clinic_id, patient_id)
  CREATE INDEX next_visit_order_open on next_visit_order USING btree (clinic_id, branch_id, from_date) WHERE (status = 'open'::text)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select, update to yoman_api
  grant select, update to yoman_worker

table next_visit_step (
  clinic_id uuid not null
  order_id uuid not null
  step smallint not null
  visit_type_id uuid not null
  practitioner_id uuid
  duration_minutes integer not null
  min_gap_days integer not null default 0
  max_gap_days integer not null default 0
  appointment_id uuid
  constraint next_visit_step_pkey PRIMARY KEY (clinic_id, order_id, step)
  constraint next_visit_step_duration_minutes_check CHECK (((duration_minutes >= 5) AND (duration_minutes <= 720)))
  constraint next_visit_step_gap CHECK ((max_gap_days >= min_gap_days))
  constraint next_visit_step_max_gap_days_check CHECK (((max_gap_days >= 0) AND (max_gap_days <= 730)))
  constraint next_visit_step_min_gap_days_check CHECK (((min_gap_days >= 0) AND (min_gap_days <= 730)))
  constraint next_visit_step_step_check CHECK (((step >= 1) AND (step <= 5)))
  constraint next_visit_step_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint next_visit_step_clinic_id_order_id_fkey FOREIGN KEY (clinic_id, order_id) REFERENCES next_visit_order(clinic_id, id) ON DELETE CASCADE
  constraint next_visit_step_clinic_id_practitioner_id_fkey FOREIGN KEY (clinic_id, practitioner_id) REFERENCES practitioner(clinic_id, id)
  constraint next_visit_step_clinic_id_visit_type_id_fkey FOREIGN KEY (clinic_id, visit_type_id) REFERENCES visit_type(clinic_id, id)
)
  CREATE INDEX next_visit_step_by_appointment on next_visit_step USING btree (clinic_id, appointment_id) WHERE (appointment_id IS NOT NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select, update to yoman_worker

table note_text (
  clinic_id uuid not null
  id uuid not null
  kind text not null
  owner_id uuid
  name text not null
  body text not null
  version integer not null default 1
  constraint note_text_pkey PRIMARY KEY (clinic_id, id)
  constraint note_text_name_once UNIQUE NULLS NOT DISTINCT (clinic_id, owner_id, kind, name)
  constraint note_text_body_check CHECK (((length(body) >= 1) AND (length(body) <= 10000)))
  constraint note_text_kind_check CHECK ((kind = ANY (ARRAY['template'::text, 'snippet'::text])))
  constraint note_text_letters CHECK (((kind <> 'snippet'::text) OR (name ~ '^[^[:space:];/]{1,20}$'::text)))
  constraint note_text_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
  constraint note_text_clinic_id_owner_id_fkey FOREIGN KEY (clinic_id, owner_id) REFERENCES staff(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select, update to yoman_api

table note_text_start (
  clinic_id uuid not null
  note_text_id uuid not null
  visit_type_id uuid not null
  owner_id uuid
  constraint note_text_start_pkey PRIMARY KEY (clinic_id, note_text_id, visit_type_id)
  constraint note_text_start_once UNIQUE NULLS NOT DISTINCT (clinic_id, owner_id, visit_type_id)
  constraint note_text_start_clinic_id_note_text_id_fkey FOREIGN KEY (clinic_id, note_text_id) REFERENCES note_text(clinic_id, id) ON DELETE CASCADE
  constraint note_text_start_clinic_id_visit_type_id_fkey FOREIGN KEY (clinic_id, visit_type_id) REFERENCES visit_type(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api

table note_version (
  clinic_id uuid not null
  id uuid not null
  encounter_id uuid not null
  seq integer not null
  kind text not null
  body_sealed bytea not null
  reason text not null default ''::text
  author_id uuid not null
  written_at timestamp with time zone not null
  constraint note_version_pkey PRIMARY KEY (clinic_id, id)
  constraint note_version_in_order UNIQUE (clinic_id, encounter_id, seq)
  constraint amendment_has_reason CHECK (((kind <> 'amendment'::text) OR (reason <> ''::text)))
  constraint note_version_kind_check CHECK ((kind = ANY (ARRAY['draft'::text, 'aside'::text, 'signed'::text, 'amendment'::text])))
  constraint note_version_reason_check CHECK ((length(reason) <= 500))
  constraint note_version_seq_check CHECK ((seq > 0))
  constraint note_version_clinic_id_author_id_fkey FOREIGN KEY (clinic_id, author_id) REFERENCES staff(clinic_id, id)
  constraint note_version_clinic_id_encounter_id_fkey FOREIGN KEY (clinic_id, encounter_id) REFERENCES encounter(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api

table open_request (
  clinic_id uuid not null
  invoice_id uuid not null
  constraint open_request_pkey PRIMARY KEY (clinic_id, invoice_id)
  constraint open_request_clinic_id_invoice_id_fkey FOREIGN KEY (clinic_id, invoice_id) REFERENCES invoice(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api
  grant delete, insert, select to yoman_worker

table opening_hours (
  clinic_id uuid not null
  id uuid not null
  branch_id uuid not null
  weekday smallint not null
  opens time without time zone not null
  closes time without time zone not null
  constraint opening_hours_pkey PRIMARY KEY (clinic_id, id)
  constraint opening_hours_close_after_open CHECK ((closes > opens))
  constraint opening_hours_weekday_check CHECK (((weekday >= 1) AND (weekday <= 7)))
  constraint opening_hours_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id) ON DELETE CASCADE
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select, update to yoman_api
  grant select to yoman_worker

table organisation (
  clinic_id uuid not null
  id uuid not null
  name text not null
  name_latin text not null default ''::text
  dealer_number text not null default ''::text
  address text not null default ''::text
  email text not null default ''::text
  takes_email boolean not null default false
  language text not null default 'he'::text
  active boolean not null default true
  version integer not null default 1
  created_at timestamp with time zone not null
  constraint organisation_pkey PRIMARY KEY (clinic_id, id)
  constraint organisation_address_check CHECK ((length(address) <= 200))
  constraint organisation_dealer_number_check CHECK ((dealer_number ~ '^([0-9]{9})?$'::text))
  constraint organisation_email_check CHECK ((length(email) <= 254))
  constraint organisation_language_check CHECK ((language = ANY (ARRAY['he'::text, 'en'::text])))
  constraint organisation_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
  constraint organisation_name_latin_check CHECK ((length(name_latin) <= 120))
  constraint organisation_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table outbox (
  clinic_id uuid not null
  event_id uuid not null
  name text not null
  subject_id uuid not null
  created_at timestamp with time zone not null default clock_timestamp()
  taken_until timestamp with time zone
  constraint outbox_pkey PRIMARY KEY (clinic_id, event_id)
  constraint outbox_clinic_id_event_id_fkey FOREIGN KEY (clinic_id, event_id) REFERENCES event(clinic_id, id)
)
  CREATE INDEX outbox_in_order on outbox USING btree (created_at)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy worker_relays for all to yoman_worker using true with check true
  grant delete, insert, select, update to yoman_worker
  grant insert to yoman_api

table patient (
  clinic_id uuid not null
  id uuid not null
  given_name text not null
  family_name text not null default ''::text
  given_name_latin text not null default ''::text
  family_name_latin text not null default ''::text
  identifier_kind text
  identifier_country text
  identifier_sealed bytea
  identifier_index bytea
  birth_date date
  sex text not null default 'unknown'::text
  email text
  street text not null default ''::text
  city text not null default ''::text
  postal_code text not null default ''::text
  health_fund text
  language text not null default 'he'::text
  alerts_sealed bytea
  desk_note text not null default ''::text
  referral_source text not null default ''::text
  active boolean not null default true
  version integer not null default 1
  created_at timestamp with time zone not null default now()
  merged_into uuid
  of_age_reviewed_on date
  of_age_reviewed_by uuid
  constraint patient_pkey PRIMARY KEY (clinic_id, id)
  constraint patient_identifier_once UNIQUE (clinic_id, identifier_index)
  constraint patient_desk_note_check CHECK ((length(desk_note) <= 2000))
  constraint patient_family_name_check CHECK ((length(family_name) <= 80))
  constraint patient_family_name_latin_check CHECK ((length(family_name_latin) <= 80))
  constraint patient_given_name_check CHECK (((length(given_name) >= 1) AND (length(given_name) <= 80)))
  constraint patient_given_name_latin_check CHECK ((length(given_name_latin) <= 80))
  constraint patient_health_fund_check CHECK ((health_fund = ANY (ARRAY['101'::text, '102'::text, '103'::text, '104'::text, '401'::text, '402'::text, '480'::text])))
  constraint patient_identifier_country_check CHECK ((identifier_country ~ '^[A-Z]{2}$'::text))
  constraint patient_identifier_kind_check CHECK ((identifier_kind = ANY (ARRAY['national_id'::text, 'passport'::text])))
  constraint patient_identifier_whole CHECK ((((identifier_kind IS NULL) = (identifier_sealed IS NULL)) AND ((identifier_sealed IS NULL) = (identifier_index IS NULL))))
  constraint patient_language_check CHECK ((language = ANY (ARRAY['he'::text, 'ar'::text, 'ru'::text, 'en'::text])))
  constraint patient_merged_into_another CHECK ((merged_into <> id))
  constraint patient_of_age_reviewed_whole CHECK (((of_age_reviewed_on IS NULL) = (of_age_reviewed_by IS NULL)))
  constraint patient_referral_source_check CHECK ((length(referral_source) <= 120))
  constraint patient_sex_check CHECK ((sex = ANY (ARRAY['female'::text, 'male'::text, 'other'::text, 'unknown'::text])))
  constraint patient_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
  constraint patient_merged_into FOREIGN KEY (clinic_id, merged_into) REFERENCES patient(clinic_id, id)
  constraint patient_of_age_reviewed_by FOREIGN KEY (clinic_id, of_age_reviewed_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX patient_by_birth_date on patient USING btree (clinic_id, birth_date, family_name, given_name, id)
  CREATE INDEX patient_by_name on patient USING btree (clinic_id, family_name, given_name, id)
  CREATE INDEX patient_merged on patient USING btree (clinic_id, merged_into) WHERE (merged_into IS NOT NULL)
  CREATE INDEX patient_of_age_reviewer on patient USING btree (clinic_id, of_age_reviewed_by) WHERE (of_age_reviewed_by IS NOT NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table patient_filter (
  clinic_id uuid not null
  id uuid not null
  owner_id uuid
  written_by uuid not null
  name text not null
  conditions jsonb not null
  version integer not null default 1
  constraint patient_filter_pkey PRIMARY KEY (clinic_id, id)
  constraint patient_filter_name_once UNIQUE NULLS NOT DISTINCT (clinic_id, owner_id, name)
  constraint patient_filter_conditions_check CHECK ((jsonb_typeof(conditions) = 'array'::text))
  constraint patient_filter_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
  constraint patient_filter_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
  constraint patient_filter_clinic_id_owner_id_fkey FOREIGN KEY (clinic_id, owner_id) REFERENCES staff(clinic_id, id)
  constraint patient_filter_clinic_id_written_by_fkey FOREIGN KEY (clinic_id, written_by) REFERENCES staff(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select, update to yoman_api

table patient_merge (
  clinic_id uuid not null
  id uuid not null
  survivor_id uuid not null
  merged_id uuid not null
  reason text not null default ''::text
  choices jsonb not null
  state text not null default 'proposed'::text
  proposed_by uuid not null
  proposed_at timestamp with time zone not null
  decided_by uuid
  decided_at timestamp with time zone
  undone_by uuid
  undone_at timestamp with time zone
  before_sealed bytea
  constraint patient_merge_pkey PRIMARY KEY (clinic_id, id)
  constraint patient_merge_by_another CHECK (((state <> ALL (ARRAY['merged'::text, 'undone'::text])) OR (decided_by <> proposed_by)))
  constraint patient_merge_decided_whole CHECK ((((state = 'proposed'::text) = (decided_by IS NULL)) AND ((decided_by IS NULL) = (decided_at IS NULL))))
  constraint patient_merge_kept CHECK (((state <> ALL (ARRAY['merged'::text, 'undone'::text])) OR (before_sealed IS NOT NULL)))
  constraint patient_merge_of_two CHECK ((survivor_id <> merged_id))
  constraint patient_merge_reason_check CHECK ((length(reason) <= 300))
  constraint patient_merge_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'declined'::text, 'merged'::text, 'undone'::text])))
  constraint patient_merge_undone_whole CHECK ((((state = 'undone'::text) = (undone_by IS NOT NULL)) AND ((undone_by IS NULL) = (undone_at IS NULL))))
  constraint patient_merge_clinic_id_decided_by_fkey FOREIGN KEY (clinic_id, decided_by) REFERENCES staff(clinic_id, id)
  constraint patient_merge_clinic_id_merged_id_fkey FOREIGN KEY (clinic_id, merged_id) REFERENCES patient(clinic_id, id)
  constraint patient_merge_clinic_id_proposed_by_fkey FOREIGN KEY (clinic_id, proposed_by) REFERENCES staff(clinic_id, id)
  constraint patient_merge_clinic_id_survivor_id_fkey FOREIGN KEY (clinic_id, survivor_id) REFERENCES patient(clinic_id, id)
  constraint patient_merge_clinic_id_undone_by_fkey FOREIGN KEY (clinic_id, undone_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX patient_merge_by_merged on patient_merge USING btree (clinic_id, merged_id)
  CREATE INDEX patient_merge_by_state on patient_merge USING btree (clinic_id, state, proposed_at DESC)
  CREATE INDEX patient_merge_by_survivor on patient_merge USING btree (clinic_id, survivor_id)
  CREATE UNIQUE INDEX patient_merge_once on patient_merge USING btree (clinic_id, merged_id) WHERE (state = 'merged'::text)
  CREATE UNIQUE INDEX patient_merge_proposed_once on patient_merge USING btree (clinic_id, LEAST(survivor_id, merged_id), GREATEST(survivor_id, merged_id)) WHERE (state = 'proposed'::text)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api

table patient_merge_row (
  clinic_id uuid not null
  merge_id uuid not null
  table_name text not null
  column_name text not null
  row_key jsonb not null
  constraint patient_merge_row_pkey PRIMARY KEY (clinic_id, merge_id, table_name, column_name, row_key)
  constraint patient_merge_row_clinic_id_merge_id_fkey FOREIGN KEY (clinic_id, merge_id) REFERENCES patient_merge(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant select to yoman_api

table patient_payer (
  clinic_id uuid not null
  patient_id uuid not null
  organisation_id uuid not null
  constraint patient_payer_pkey PRIMARY KEY (clinic_id, patient_id)
  constraint patient_payer_clinic_id_organisation_id_fkey FOREIGN KEY (clinic_id, organisation_id) REFERENCES organisation(clinic_id, id)
  constraint patient_payer_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  grant delete, insert, select, update to yoman_api
  grant select to yoman_worker

table patient_phone (
  clinic_id uuid not null
  id uuid not null
  patient_id uuid not null
  number text not null
  typed text not null default ''::text
  label text not null default 'mobile'::text
  rank smallint not null default 0
  constraint patient_phone_pkey PRIMARY KEY (clinic_id, id)
  constraint patient_phone_label_check CHECK ((label = ANY (ARRAY['mobile'::text, 'home'::text, 'work'::text, 'guardian'::text, 'other'::text])))
  constraint patient_phone_number_check CHECK ((number ~ '^\+[1-9][0-9]{6,14}$'::text))
  constraint patient_phone_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id) ON DELETE CASCADE
)
  CREATE INDEX patient_phone_by_number on patient_phone USING btree (clinic_id, number)
  CREATE INDEX patient_phone_by_patient on patient_phone USING btree (clinic_id, patient_id, rank)
  CREATE INDEX patient_phone_of_anyone on patient_phone USING btree (number)
  row level security, forced
  policy callback for select to yoman_api using is_taking_callback()
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select, update to yoman_api
  grant select to yoman_worker

table patient_relation (
  clinic_id uuid not null
  id uuid not null
  patient_id uuid not null
  related_id uuid not null
  kind text not null
  told text[] not null default '{}'::text[]
  tells text[] not null default '{}'::text[]
  told_on date
  tells_on date
  constraint patient_relation_pkey PRIMARY KEY (clinic_id, id)
  constraint patient_relation_once UNIQUE (clinic_id, patient_id, related_id, kind)
  constraint patient_relation_kind_check CHECK ((kind = ANY (ARRAY['guardian'::text, 'parent'::text, 'child'::text, 'spouse'::text, 'sibling'::text, 'payer'::text, 'other'::text])))
  constraint patient_relation_tells_check CHECK ((tells <@ '{appointments,clinical,money}'::text[]))
  constraint patient_relation_to_another CHECK ((patient_id <> related_id))
  constraint patient_relation_told_check CHECK ((told <@ '{appointments,clinical,money}'::text[]))
  constraint patient_relation_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id) ON DELETE CASCADE
  constraint patient_relation_clinic_id_related_id_fkey FOREIGN KEY (clinic_id, related_id) REFERENCES patient(clinic_id, id) ON DELETE CASCADE
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  trigger follow_merge_related_id calls follow_merge
  grant delete, insert, select, update to yoman_api
  grant select to yoman_worker

table patient_search (
  clinic_id uuid not null
  patient_id uuid not null
  family_given text not null collate "C"
  given_family text not null collate "C"
  latin_family_given text not null collate "C"
  latin_given_family text not null collate "C"
  phones text not null
  sounds text[]
  constraint patient_search_pkey PRIMARY KEY (clinic_id, patient_id)
  constraint patient_search_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id) ON DELETE CASCADE
)
  CREATE INDEX patient_search_family on patient_search USING btree (clinic_id, family_given, patient_id)
  CREATE INDEX patient_search_fuzzy on patient_search USING gin (family_given gin_trgm_ops)
  CREATE INDEX patient_search_given on patient_search USING btree (clinic_id, given_family, patient_id)
  CREATE INDEX patient_search_latin_family on patient_search USING btree (clinic_id, latin_family_given, patient_id) WHERE (latin_family_given <> ''::text)
  CREATE INDEX patient_search_latin_given on patient_search USING btree (clinic_id, latin_given_family, patient_id) WHERE (latin_given_family <> ''::text)
  CREATE INDEX patient_search_phones on patient_search USING gin (phones gin_trgm_ops)
  CREATE INDEX patient_search_silent on patient_search USING btree (clinic_id, patient_id) WHERE (sounds IS NULL)
  CREATE INDEX patient_search_sounds on patient_search USING gin (sounds)

table patient_tag (
  clinic_id uuid not null
  patient_id uuid not null
  tag_id uuid not null
  tagged_by uuid not null
  tagged_at timestamp with time zone not null
  constraint patient_tag_pkey PRIMARY KEY (clinic_id, patient_id, tag_id)
  constraint patient_tag_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
  constraint patient_tag_clinic_id_tag_id_fkey FOREIGN KEY (clinic_id, tag_id) REFERENCES tag(clinic_id, id)
  constraint patient_tag_clinic_id_tagged_by_fkey FOREIGN KEY (clinic_id, tagged_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX patient_tag_by_tag on patient_tag USING btree (clinic_id, tag_id, patient_id)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  grant delete, insert, select, update to yoman_api

table payment (
  clinic_id uuid not null
  id uuid not null
  patient_id uuid not null
  appointment_id uuid
  invoice_id uuid
  method text not null
  amount_agorot bigint not null
  reference text not null default ''::text
  received_at timestamp with time zone not null
  received_by uuid
  cheque_number text
  cheque_bank text
  cheque_branch text
  cheque_account text
  cheque_due_on date
  card_brand text
  card_last_four text
  card_instalments smallint
  branch_id uuid
  link_money_id uuid
  constraint payment_pkey PRIMARY KEY (clinic_id, id)
  constraint payment_amount_agorot_check CHECK ((amount_agorot > 0))
  constraint payment_card_brand_check CHECK ((card_brand = ANY (ARRAY['visa'::text, 'mastercard'::text, 'isracard'::text, 'amex'::text, 'diners'::text, 'other'::text])))
  constraint payment_card_facts CHECK (((method = 'card'::text) OR (num_nonnulls(card_brand, card_last_four, card_instalments) = 0)))
  constraint payment_card_instalments_check CHECK (((card_instalments >= 1) AND (card_instalments <= 36)))
  constraint payment_card_last_four_check CHECK ((card_last_four ~ '^[0-9]{4}$'::text))
  constraint payment_cheque_account_check CHECK ((cheque_account ~ '^[0-9]{2,15}$'::text))
  constraint payment_cheque_bank_check CHECK ((cheque_bank ~ '^[0-9]{1,3}$'::text))
  constraint payment_cheque_branch_check CHECK ((cheque_branch ~ '^[0-9]{1,4}$'::text))
  constraint payment_cheque_number_check CHECK ((cheque_number ~ '^[0-9]{1,10}$'::text))
  constraint payment_cheque_whole CHECK ((num_nonnulls(cheque_number, cheque_bank, cheque_branch, cheque_account, cheque_due_on) = ANY (ARRAY[0,
CASE
    WHEN (method = 'cheque'::text) THEN 5
    ELSE 0
END])))
  constraint payment_method_check CHECK ((method = ANY (ARRAY['cash'::text, 'card'::text, 'transfer'::text, 'bit'::text, 'cheque'::text])))
  constraint payment_reference_check CHECK ((length(reference) <= 120))
  constraint payment_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint payment_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint payment_clinic_id_invoice_id_fkey FOREIGN KEY (clinic_id, invoice_id) REFERENCES invoice(clinic_id, id)
  constraint payment_clinic_id_link_money_id_fkey FOREIGN KEY (clinic_id, link_money_id) REFERENCES payment_link_money(clinic_id, id)
  constraint payment_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
)
  CREATE INDEX payment_by_appointment on payment USING btree (clinic_id, appointment_id)
  CREATE INDEX payment_by_invoice on payment USING btree (clinic_id, invoice_id)
  CREATE INDEX payment_by_maturity on payment USING btree (clinic_id, cheque_due_on) WHERE (cheque_due_on IS NOT NULL)
  CREATE INDEX payment_by_time on payment USING btree (clinic_id, received_at)
  CREATE INDEX payment_cheques on payment USING btree (clinic_id, received_at) WHERE (method = 'cheque'::text)
  CREATE INDEX payment_waiting on payment USING btree (clinic_id, appointment_id) WHERE (invoice_id IS NULL)
  CREATE UNIQUE INDEX payment_of_link_once on payment USING btree (clinic_id, link_money_id) WHERE (link_money_id IS NOT NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  trigger month_is_open calls month_of_payment
  trigger payment_is_final calls only_receipted
  trigger payment_is_kept calls refuse_change
  grant insert, select, update to yoman_api
  grant insert, select, update to yoman_worker

table payment_link (
  clinic_id uuid not null
  id uuid not null
  invoice_id uuid not null
  amount_agorot bigint not null
  ways text[] not null
  state text not null default 'requested'::text
  problem text
  page_id text
  url text
  version integer not null default 0
  tries integer not null default 0
  looks integer not null default 0
  hints integer not null default 0
  next_at timestamp with time zone
  lease_until timestamp with time zone
  requested_by uuid
  requested_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  settled_at timestamp with time zone
  constraint payment_link_pkey PRIMARY KEY (clinic_id, id)
  constraint payment_link_amount_agorot_check CHECK ((amount_agorot > 0))
  constraint payment_link_page_id_check CHECK ((length(page_id) <= 200))
  constraint payment_link_page_of_open CHECK (((state <> 'open'::text) OR ((page_id IS NOT NULL) AND (url IS NOT NULL))))
  constraint payment_link_settled_when_over CHECK (((settled_at IS NULL) = (state = ANY (ARRAY['requested'::text, 'open'::text, 'ending'::text]))))
  constraint payment_link_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'open'::text, 'ending'::text, 'paid'::text, 'expired'::text, 'cancelled'::text, 'failed'::text, 'different'::text])))
  constraint payment_link_url_check CHECK ((length(url) <= 500))
  constraint payment_link_ways_check CHECK (((ways <@ ARRAY['sms'::text, 'email'::text]) AND ((cardinality(ways) >= 1) AND (cardinality(ways) <= 2))))
  constraint payment_link_clinic_id_invoice_id_fkey FOREIGN KEY (clinic_id, invoice_id) REFERENCES invoice(clinic_id, id)
  constraint payment_link_clinic_id_requested_by_fkey FOREIGN KEY (clinic_id, requested_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX payment_link_by_invoice on payment_link USING btree (clinic_id, invoice_id, requested_at DESC)
  CREATE INDEX payment_link_by_staff on payment_link USING btree (clinic_id, requested_by) WHERE (requested_by IS NOT NULL)
  CREATE INDEX payment_link_due on payment_link USING btree (next_at) WHERE (next_at IS NOT NULL)
  CREATE INDEX payment_link_expiring on payment_link USING btree (expires_at) WHERE (state = 'open'::text)
  CREATE UNIQUE INDEX payment_link_by_page on payment_link USING btree (clinic_id, page_id) WHERE (page_id IS NOT NULL)
  CREATE UNIQUE INDEX payment_link_once on payment_link USING btree (clinic_id, invoice_id) WHERE (state = ANY (ARRAY['requested'::text, 'open'::text]))
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy worker_walks for select to yoman_worker using true
  grant insert, select, update to yoman_api
  grant select, update to yoman_worker

table payment_link_money (
  clinic_id uuid not null
  id uuid not null
  link_id uuid not null
  transaction_id text not null
  state text not null
  why text
  amount_agorot bigint
  currency text not null default ''::text
  method text
  approval text not null default ''::text
  last_four text
  brand text
  instalments smallint
  heard_at timestamp with time zone not null
  known_at timestamp with time zone
  decided_at timestamp with time zone
  decided_by uuid
  reason text not null default ''::text
  left_page bytea
  constraint payment_link_money_pkey PRIMARY KEY (clinic_id, id)
  constraint payment_link_money_once UNIQUE (clinic_id, transaction_id)
  constraint payment_link_money_approval_check CHECK ((length(approval) <= 40))
  constraint payment_link_money_brand_check CHECK ((brand = ANY (ARRAY['visa'::text, 'mastercard'::text, 'isracard'::text, 'amex'::text, 'diners'::text, 'other'::text])))
  constraint payment_link_money_currency_check CHECK ((length(currency) <= 8))
  constraint payment_link_money_decided CHECK ((((decided_at IS NOT NULL) = (state = ANY (ARRAY['taken'::text, 'returned'::text]))) AND ((decided_by IS NOT NULL) = (decided_at IS NOT NULL))))
  constraint payment_link_money_instalments_check CHECK (((instalments >= 1) AND (instalments <= 36)))
  constraint payment_link_money_known CHECK ((((known_at IS NULL) = (state = ANY (ARRAY['heard'::text, 'nothing'::text]))) AND ((known_at IS NULL) = (method IS NULL))))
  constraint payment_link_money_last_four_check CHECK ((last_four ~ '^[0-9]{4}$'::text))
  constraint payment_link_money_left CHECK (((left_page IS NULL) OR (state = 'heard'::text)))
  constraint payment_link_money_method_check CHECK ((method = ANY (ARRAY['card'::text, 'bit'::text])))
  constraint payment_link_money_reason_check CHECK ((length(reason) <= 300))
  constraint payment_link_money_state_check CHECK ((state = ANY (ARRAY['heard'::text, 'nothing'::text, 'booked'::text, 'different'::text, 'taken'::text, 'returned'::text])))
  constraint payment_link_money_transaction_id_check CHECK (((length(transaction_id) >= 1) AND (length(transaction_id) <= 100)))
  constraint payment_link_money_clinic_id_decided_by_fkey FOREIGN KEY (clinic_id, decided_by) REFERENCES staff(clinic_id, id)
  constraint payment_link_money_clinic_id_link_id_fkey FOREIGN KEY (clinic_id, link_id) REFERENCES payment_link(clinic_id, id)
)
  CREATE INDEX payment_link_money_by_link on payment_link_money USING btree (clinic_id, link_id, heard_at)
  CREATE INDEX payment_link_money_by_staff on payment_link_money USING btree (clinic_id, decided_by) WHERE (decided_by IS NOT NULL)
  CREATE INDEX payment_link_money_open on payment_link_money USING btree (clinic_id, known_at) WHERE (state = 'different'::text)
  CREATE UNIQUE INDEX payment_link_booked_once on payment_link_money USING btree (clinic_id, link_id) WHERE (state = 'booked'::text)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant insert, select, update to yoman_worker

table payment_provider_connection (
  clinic_id uuid not null
  provider text not null default 'payplus'::text
  state text not null default 'off'::text
  keys_sealed bytea
  token_sealed bytea
  token_hash bytea
  problem text
  attempt integer not null default 0
  next_at timestamp with time zone
  lease_until timestamp with time zone
  connected_by uuid
  connected_at timestamp with time zone
  version integer not null default 1
  constraint payment_provider_connection_pkey PRIMARY KEY (clinic_id)
  constraint payment_provider_connection_provider_check CHECK ((provider = 'payplus'::text))
  constraint payment_provider_connection_state_check CHECK ((state = ANY (ARRAY['off'::text, 'checking'::text, 'connected'::text, 'refused'::text])))
  constraint payment_provider_has_keys CHECK ((((state = 'off'::text) = (keys_sealed IS NULL)) AND ((state = 'off'::text) = (token_sealed IS NULL)) AND ((state = 'off'::text) = (token_hash IS NULL))))
  constraint payment_provider_connection_clinic_id_connected_by_fkey FOREIGN KEY (clinic_id, connected_by) REFERENCES staff(clinic_id, id)
  constraint payment_provider_connection_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  CREATE UNIQUE INDEX payment_provider_by_token on payment_provider_connection USING btree (token_hash) WHERE (token_hash IS NOT NULL)
  row level security, forced
  policy callback for select to yoman_api using is_taking_callback()
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy worker_walks for select to yoman_worker using true
  grant insert, select, update to yoman_api
  grant select, update to yoman_worker

table practitioner (
  clinic_id uuid not null
  id uuid not null
  staff_id uuid
  profession text not null
  title text not null default ''::text
  speciality text not null default ''::text
  licence_number text not null default ''::text
  constraint practitioner_pkey PRIMARY KEY (clinic_id, id)
  constraint practitioner_one_per_staff UNIQUE (clinic_id, staff_id)
  constraint practitioner_profession_check CHECK ((profession = ANY (ARRAY['doctor'::text, 'hygienist'::text, 'assistant'::text])))
  constraint practitioner_clinic_id_id_fkey FOREIGN KEY (clinic_id, id) REFERENCES resource(clinic_id, id) ON DELETE CASCADE
  constraint practitioner_clinic_id_staff_id_fkey FOREIGN KEY (clinic_id, staff_id) REFERENCES staff(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table price_change (
  clinic_id uuid not null
  price_item_id uuid not null
  valid_from date not null
  price_agorot bigint not null
  constraint price_change_pkey PRIMARY KEY (clinic_id, price_item_id, valid_from)
  constraint price_change_price_agorot_check CHECK (((price_agorot >= 0) AND (price_agorot <= 100000000)))
  constraint price_change_clinic_id_price_item_id_fkey FOREIGN KEY (clinic_id, price_item_id) REFERENCES price_item(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api
  grant select to yoman_worker

table price_item (
  clinic_id uuid not null
  id uuid not null
  code text not null
  name text not null
  name_en text not null default ''::text
  price_agorot bigint not null
  active boolean not null default true
  version integer not null default 1
  created_at timestamp with time zone not null default now()
  constraint price_item_pkey PRIMARY KEY (clinic_id, id)
  constraint price_item_code_once UNIQUE (clinic_id, code)
  constraint price_item_code_check CHECK (((length(code) >= 1) AND (length(code) <= 40)))
  constraint price_item_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint price_item_price_agorot_check CHECK (((price_agorot >= 0) AND (price_agorot <= 100000000)))
  constraint price_item_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table price_list (
  clinic_id uuid not null
  id uuid not null
  name text not null
  name_en text not null default ''::text
  branch_id uuid
  health_fund text
  valid_from date
  valid_until date
  active boolean not null default true
  share_basis_points integer
  round_to_agorot integer not null default 1
  version integer not null default 1
  created_at timestamp with time zone not null
  constraint price_list_pkey PRIMARY KEY (clinic_id, id)
  constraint price_list_dates CHECK ((valid_until >= valid_from))
  constraint price_list_health_fund_check CHECK ((health_fund = ANY (ARRAY['101'::text, '102'::text, '103'::text, '104'::text, '401'::text, '402'::text, '480'::text])))
  constraint price_list_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
  constraint price_list_name_en_check CHECK ((length(name_en) <= 120))
  constraint price_list_round_to_agorot_check CHECK ((round_to_agorot = ANY (ARRAY[1, 10, 100, 500, 1000])))
  constraint price_list_share_basis_points_check CHECK (((share_basis_points >= 0) AND (share_basis_points <= 30000)))
  constraint price_list_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint price_list_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table price_list_item (
  clinic_id uuid not null
  price_list_id uuid not null
  price_item_id uuid not null
  price_agorot bigint not null
  constraint price_list_item_pkey PRIMARY KEY (clinic_id, price_list_id, price_item_id)
  constraint price_list_item_price_agorot_check CHECK (((price_agorot >= 0) AND (price_agorot <= 100000000)))
  constraint price_list_item_clinic_id_price_item_id_fkey FOREIGN KEY (clinic_id, price_item_id) REFERENCES price_item(clinic_id, id)
  constraint price_list_item_clinic_id_price_list_id_fkey FOREIGN KEY (clinic_id, price_list_id) REFERENCES price_list(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api
  grant select to yoman_worker

table price_list_practitioner (
  clinic_id uuid not null
  price_list_id uuid not null
  practitioner_id uuid not null
  constraint price_list_practitioner_pkey PRIMARY KEY (clinic_id, price_list_id, practitioner_id)
  constraint price_list_practitioner_clinic_id_practitioner_id_fkey FOREIGN KEY (clinic_id, practitioner_id) REFERENCES practitioner(clinic_id, id)
  constraint price_list_practitioner_clinic_id_price_list_id_fkey FOREIGN KEY (clinic_id, price_list_id) REFERENCES price_list(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api
  grant select to yoman_worker

table procedure_done (
  clinic_id uuid not null
  id uuid not null
  encounter_id uuid not null
  price_item_id uuid not null
  description text not null
  tooth text
  quantity integer not null default 1
  unit_price_agorot bigint not null
  recorded_by uuid
  recorded_at timestamp with time zone not null
  surfaces text not null default ''::text
  price_by jsonb
  discount_agorot bigint not null default 0
  discount_basis_points integer
  discount_reason text not null default ''::text
  discount_by uuid
  discount_at timestamp with time zone
  constraint procedure_done_pkey PRIMARY KEY (clinic_id, id)
  constraint discount_whole CHECK (
CASE
    WHEN (discount_agorot = 0) THEN ((discount_basis_points IS NULL) AND (discount_reason = ''::text) AND (num_nonnulls(discount_by, discount_at) = 0))
    ELSE ((discount_reason <> ''::text) AND (num_nonnulls(discount_by, discount_at) = 2))
END)
  constraint discount_within_line CHECK (((discount_agorot >= 0) AND (discount_agorot <= (quantity * unit_price_agorot))))
  constraint procedure_done_description_check CHECK (((length(description) >= 1) AND (length(description) <= 200)))
  constraint procedure_done_discount_basis_points_check CHECK (((discount_basis_points >= 1) AND (discount_basis_points <= 10000)))
  constraint procedure_done_discount_reason_check CHECK ((length(discount_reason) <= 120))
  constraint procedure_done_quantity_check CHECK (((quantity >= 1) AND (quantity <= 99)))
  constraint procedure_done_surfaces_check CHECK ((surfaces ~ '^M?O?D?B?L?$'::text))
  constraint procedure_done_surfaces_of_a_tooth CHECK (((surfaces = ''::text) OR (tooth IS NOT NULL)))
  constraint procedure_done_tooth_check CHECK ((tooth ~ '^[1-8][1-8]$'::text))
  constraint procedure_done_unit_price_agorot_check CHECK (((unit_price_agorot >= 0) AND (unit_price_agorot <= 100000000)))
  constraint procedure_done_clinic_id_discount_by_fkey FOREIGN KEY (clinic_id, discount_by) REFERENCES staff(clinic_id, id)
  constraint procedure_done_clinic_id_encounter_id_fkey FOREIGN KEY (clinic_id, encounter_id) REFERENCES encounter(clinic_id, id)
  constraint procedure_done_clinic_id_price_item_id_fkey FOREIGN KEY (clinic_id, price_item_id) REFERENCES price_item(clinic_id, id)
)
  CREATE INDEX procedure_done_by_encounter on procedure_done USING btree (clinic_id, encounter_id)
  CREATE INDEX procedure_done_discounted on procedure_done USING btree (clinic_id, discount_at) WHERE (discount_at IS NOT NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger month_is_open calls month_of_procedure
  grant delete, insert, select to yoman_api
  grant select to yoman_worker

table quick_text (
  clinic_id uuid not null
  items text[] not null default '{}'::text[]
  version integer not null default 1
  constraint quick_text_pkey PRIMARY KEY (clinic_id)
  constraint quick_text_items_check CHECK ((cardinality(items) <= 30))
  constraint quick_text_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table rebooking (
  clinic_id uuid not null
  id uuid not null
  appointment_id uuid not null
  cause text not null
  block_id uuid
  resource_id uuid not null
  starts_at timestamp with time zone not null
  opened_at timestamp with time zone not null
  opened_by uuid
  tries smallint not null default 0
  tried_at timestamp with time zone
  told_at timestamp with time zone
  told_by uuid
  settled_at timestamp with time zone
  settled_by uuid
  outcome text
  reason text not null default ''::text
  constraint rebooking_pkey PRIMARY KEY (clinic_id, id)
  constraint rebooking_cause_check CHECK ((cause = ANY (ARRAY['block'::text, 'hours'::text, 'gone'::text])))
  constraint rebooking_cause_is_block CHECK (((cause = 'block'::text) = (block_id IS NOT NULL)))
  constraint rebooking_left_has_reason CHECK (((outcome IS DISTINCT FROM 'left'::text) OR (reason <> ''::text)))
  constraint rebooking_outcome_check CHECK ((outcome = ANY (ARRAY['left'::text, 'freed'::text, 'overtaken'::text])))
  constraint rebooking_reason_check CHECK ((length(reason) <= 300))
  constraint rebooking_settled_whole CHECK (((settled_at IS NULL) = (outcome IS NULL)))
  constraint rebooking_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint rebooking_clinic_id_block_id_fkey FOREIGN KEY (clinic_id, block_id) REFERENCES block(clinic_id, id)
  constraint rebooking_clinic_id_resource_id_fkey FOREIGN KEY (clinic_id, resource_id) REFERENCES resource(clinic_id, id)
)
  CREATE INDEX rebooking_by_appointment on rebooking USING btree (clinic_id, appointment_id)
  CREATE INDEX rebooking_by_block on rebooking USING btree (clinic_id, block_id) WHERE (block_id IS NOT NULL)
  CREATE INDEX rebooking_lately on rebooking USING btree (clinic_id, opened_at)
  CREATE UNIQUE INDEX rebooking_open_once on rebooking USING btree (clinic_id, appointment_id) WHERE (settled_at IS NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table refresh_token (
  clinic_id uuid not null
  hash bytea not null
  session_id uuid not null
  issued_at timestamp with time zone not null
  used_at timestamp with time zone
  successor_hash bytea
  constraint refresh_token_pkey PRIMARY KEY (clinic_id, hash)
  constraint refresh_token_clinic_id_session_id_fkey FOREIGN KEY (clinic_id, session_id) REFERENCES session(clinic_id, id) ON DELETE CASCADE
)
  CREATE INDEX refresh_token_by_hash on refresh_token USING btree (hash)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy sign_in for select to public using is_signing_in()
  grant insert, select, update to yoman_api

table refund (
  clinic_id uuid not null
  id uuid not null
  invoice_id uuid not null
  branch_id uuid not null
  method text not null
  amount_agorot bigint not null
  reference text not null default ''::text
  given_at timestamp with time zone not null
  given_by uuid not null
  constraint refund_pkey PRIMARY KEY (clinic_id, id)
  constraint refund_amount_agorot_check CHECK ((amount_agorot > 0))
  constraint refund_card_has_reference CHECK (((method <> 'card'::text) OR (btrim(reference) <> ''::text)))
  constraint refund_cash_in_tens CHECK (((method <> 'cash'::text) OR ((amount_agorot % (10)::bigint) = 0)))
  constraint refund_method_check CHECK ((method = ANY (ARRAY['cash'::text, 'card'::text, 'transfer'::text, 'bit'::text])))
  constraint refund_reference_check CHECK ((length(reference) <= 120))
  constraint refund_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint refund_clinic_id_given_by_fkey FOREIGN KEY (clinic_id, given_by) REFERENCES staff(clinic_id, id)
  constraint refund_clinic_id_invoice_id_fkey FOREIGN KEY (clinic_id, invoice_id) REFERENCES invoice(clinic_id, id)
)
  CREATE INDEX refund_by_desk on refund USING btree (clinic_id, branch_id, given_at)
  CREATE INDEX refund_by_invoice on refund USING btree (clinic_id, invoice_id)
  CREATE INDEX refund_by_time on refund USING btree (clinic_id, given_at)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  trigger month_is_open calls month_of_refund
  trigger refund_within_paid calls refund_within_paid
  grant insert, select to yoman_api
  grant select to yoman_worker

table reminder (
  clinic_id uuid not null
  id uuid not null
  appointment_id uuid not null
  appointment_starts_at timestamp with time zone not null
  rule_id uuid not null
  channel text not null
  due_at timestamp with time zone not null
  state text not null default 'planned'::text
  skip_reason text
  moved_for text
  fallback_of uuid
  constraint reminder_pkey PRIMARY KEY (clinic_id, id)
  constraint reminder_once UNIQUE (clinic_id, appointment_id, appointment_starts_at, rule_id, channel)
  constraint reminder_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text, 'whatsapp'::text, 'voice'::text])))
  constraint reminder_moved_for_check CHECK ((moved_for = ANY (ARRAY['sabbath'::text, 'holiday'::text, 'eve'::text, 'night'::text])))
  constraint reminder_skipped_has_reason CHECK (((state = 'skipped'::text) = (skip_reason IS NOT NULL)))
  constraint reminder_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'queued'::text, 'done'::text, 'skipped'::text])))
  constraint reminder_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint reminder_clinic_id_fallback_of_fkey FOREIGN KEY (clinic_id, fallback_of) REFERENCES reminder(clinic_id, id)
)
  CREATE INDEX reminder_by_time on reminder USING btree (clinic_id, due_at, id)
  CREATE INDEX reminder_due on reminder USING btree (due_at) WHERE (state = 'planned'::text)
  CREATE UNIQUE INDEX reminder_falls_back_once on reminder USING btree (clinic_id, fallback_of) WHERE (fallback_of IS NOT NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy counts_late for select to yoman_api using is_counting_late()
  policy worker_walks for select to yoman_worker using true
  grant insert, select, update to yoman_api
  grant insert, select, update to yoman_worker

table reminder_call (
  clinic_id uuid not null
  id uuid not null
  appointment_id uuid not null
  appointment_starts_at timestamp with time zone not null
  outcome text not null
  reason text not null default ''::text
  made_by uuid not null
  made_at timestamp with time zone not null
  taken_back_at timestamp with time zone
  constraint reminder_call_pkey PRIMARY KEY (clinic_id, id)
  constraint reminder_call_excuse_has_reason CHECK (((outcome = 'excused'::text) = (reason <> ''::text)))
  constraint reminder_call_outcome_check CHECK ((outcome = ANY (ARRAY['reached'::text, 'left_word'::text, 'no_answer'::text, 'excused'::text])))
  constraint reminder_call_reason_check CHECK ((length(reason) <= 300))
  constraint reminder_call_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint reminder_call_clinic_id_made_by_fkey FOREIGN KEY (clinic_id, made_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX reminder_call_by_visit on reminder_call USING btree (clinic_id, appointment_id, made_at)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table reminder_check (
  clinic_id uuid not null
  id uuid not null
  branch_id uuid not null
  on_date date not null
  checked_at timestamp with time zone not null
  leaves integer not null
  silent_patients integer not null
  unplanned integer not null
  bare_days date[] not null
  cost integer
  told boolean not null
  whatsapp integer not null default 0
  calls integer not null default 0
  call_cost integer
  constraint reminder_check_pkey PRIMARY KEY (clinic_id, id)
  constraint reminder_check_once UNIQUE (clinic_id, branch_id, on_date)
  constraint reminder_check_call_cost_check CHECK ((call_cost >= 0))
  constraint reminder_check_calls_check CHECK ((calls >= 0))
  constraint reminder_check_whatsapp_check CHECK ((whatsapp >= 0))
  constraint reminder_check_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select to yoman_worker
  grant select to yoman_api

table reminder_rule (
  clinic_id uuid not null
  id uuid not null
  branch_id uuid
  days_before smallint not null
  at_time time without time zone not null
  channel text not null default 'sms'::text
  active boolean not null default true
  version integer not null default 1
  fallback_channels text[] not null default '{}'::text[]
  constraint reminder_rule_pkey PRIMARY KEY (clinic_id, id)
  constraint reminder_rule_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text, 'whatsapp'::text, 'voice'::text])))
  constraint reminder_rule_channels_once CHECK (((fallback_channels <@ '{sms,email,whatsapp,voice}'::text[]) AND (NOT (channel = ANY (fallback_channels))) AND (cardinality(fallback_channels) <= 2) AND ((cardinality(fallback_channels) < 2) OR (fallback_channels[1] <> fallback_channels[2]))))
  constraint reminder_rule_days_before_check CHECK (((days_before >= 0) AND (days_before <= 60)))
  constraint reminder_rule_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint reminder_rule_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table reminder_rule_visit_type (
  clinic_id uuid not null
  rule_id uuid not null
  visit_type_id uuid not null
  constraint reminder_rule_visit_type_pkey PRIMARY KEY (clinic_id, rule_id, visit_type_id)
  constraint reminder_rule_visit_type_clinic_id_rule_id_fkey FOREIGN KEY (clinic_id, rule_id) REFERENCES reminder_rule(clinic_id, id)
  constraint reminder_rule_visit_type_clinic_id_visit_type_id_fkey FOREIGN KEY (clinic_id, visit_type_id) REFERENCES visit_type(clinic_id, id)
)
  CREATE INDEX reminder_rule_visit_type_by_type on reminder_rule_visit_type USING btree (clinic_id, visit_type_id)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api
  grant select to yoman_worker

table reminder_setting (
  clinic_id uuid not null
  grace_minutes smallint not null default 3
  sms_part_price integer
  version integer not null default 1
  constraint reminder_setting_pkey PRIMARY KEY (clinic_id)
  constraint reminder_setting_grace_minutes_check CHECK (((grace_minutes >= 0) AND (grace_minutes <= 15)))
  constraint reminder_setting_sms_part_price_check CHECK (((sms_part_price >= 0) AND (sms_part_price <= 10000)))
  constraint reminder_setting_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table reminder_wish (
  clinic_id uuid not null
  id uuid not null
  patient_id uuid not null
  reminders text not null
  extra_days_before smallint
  extra_at_time time without time zone
  version integer not null default 1
  written_by uuid not null
  written_at timestamp with time zone not null
  constraint reminder_wish_pkey PRIMARY KEY (clinic_id, id)
  constraint reminder_wish_once UNIQUE (clinic_id, patient_id)
  constraint reminder_wish_extra_days_before_check CHECK (((extra_days_before >= 1) AND (extra_days_before <= 60)))
  constraint reminder_wish_extra_whole CHECK (((extra_days_before IS NULL) = (extra_at_time IS NULL)))
  constraint reminder_wish_none_is_none CHECK (((reminders <> 'none'::text) OR (extra_days_before IS NULL)))
  constraint reminder_wish_reminders_check CHECK ((reminders = ANY (ARRAY['usual'::text, 'email'::text, 'none'::text])))
  constraint reminder_wish_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
  constraint reminder_wish_clinic_id_written_by_fkey FOREIGN KEY (clinic_id, written_by) REFERENCES staff(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table reported_alert (
  clinic_id uuid not null
  id uuid not null
  patient_id uuid not null
  response_id uuid not null
  field_id uuid not null
  words_sealed bytea not null
  status text not null default 'reported'::text
  reported_at timestamp with time zone not null
  settled_by uuid
  settled_at timestamp with time zone
  constraint reported_alert_pkey PRIMARY KEY (clinic_id, id)
  constraint reported_alert_once UNIQUE (clinic_id, response_id, field_id)
  constraint reported_alert_settled_whole CHECK ((((status = 'reported'::text) = (settled_at IS NULL)) AND ((settled_at IS NULL) = (settled_by IS NULL))))
  constraint reported_alert_status_check CHECK ((status = ANY (ARRAY['reported'::text, 'accepted'::text, 'dismissed'::text])))
  constraint reported_alert_clinic_id_field_id_fkey FOREIGN KEY (clinic_id, field_id) REFERENCES custom_field(clinic_id, id)
  constraint reported_alert_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
  constraint reported_alert_clinic_id_response_id_fkey FOREIGN KEY (clinic_id, response_id) REFERENCES form_response(clinic_id, id)
  constraint reported_alert_clinic_id_settled_by_fkey FOREIGN KEY (clinic_id, settled_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX reported_alert_by_patient on reported_alert USING btree (clinic_id, patient_id) WHERE (status = 'reported'::text)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select, update to yoman_api

table resource (
  clinic_id uuid not null
  id uuid not null
  kind text not null
  name text not null
  name_en text not null default ''::text
  branch_id uuid
  sort integer not null default 0
  colour text not null default '#0f766e'::text
  active boolean not null default true
  version integer not null default 1
  created_at timestamp with time zone not null default now()
  constraint resource_pkey PRIMARY KEY (clinic_id, id)
  constraint resource_colour_check CHECK ((colour ~ '^#[0-9a-f]{6}$'::text))
  constraint resource_kind_check CHECK ((kind = ANY (ARRAY['practitioner'::text, 'room'::text, 'chair'::text, 'device'::text])))
  constraint resource_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
  constraint resource_place_has_branch CHECK (((kind = 'practitioner'::text) OR (branch_id IS NOT NULL)))
  constraint resource_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint resource_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table sending_day (
  clinic_id uuid not null
  day date not null
  parts integer not null
  minute timestamp with time zone not null
  in_minute integer not null
  constraint sending_day_pkey PRIMARY KEY (clinic_id, day)
  constraint sending_day_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_worker
  grant select to yoman_api

table sending_gauge (
  name text not null
  value bigint not null
  measured_at timestamp with time zone not null
  constraint sending_gauge_pkey PRIMARY KEY (name)
)
  grant insert, select, update to yoman_worker
  grant select to yoman_api

table sending_setting (
  clinic_id uuid not null
  sms_a_day integer
  sms_a_minute integer
  version integer not null default 1
  constraint sending_setting_pkey PRIMARY KEY (clinic_id)
  constraint sending_setting_sms_a_day_check CHECK (((sms_a_day >= 1) AND (sms_a_day <= 1000000)))
  constraint sending_setting_sms_a_minute_check CHECK (((sms_a_minute >= 1) AND (sms_a_minute <= 100000)))
  constraint sending_setting_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table series (
  clinic_id uuid not null
  id uuid not null
  patient_id uuid not null
  branch_id uuid not null
  unit text not null
  every smallint not null
  month_by text
  version integer not null default 1
  created_by uuid not null
  created_at timestamp with time zone not null
  constraint series_pkey PRIMARY KEY (clinic_id, id)
  constraint series_every_check CHECK (((every >= 1) AND (every <= 52)))
  constraint series_month_by_check CHECK ((month_by = ANY (ARRAY['date'::text, 'weekday'::text])))
  constraint series_month_rule CHECK (((unit = 'month'::text) = (month_by IS NOT NULL)))
  constraint series_unit_check CHECK ((unit = ANY (ARRAY['week'::text, 'month'::text])))
  constraint series_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint series_clinic_id_created_by_fkey FOREIGN KEY (clinic_id, created_by) REFERENCES staff(clinic_id, id)
  constraint series_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
)
  CREATE INDEX series_by_patient on series USING btree (clinic_id, patient_id)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table series_change (
  clinic_id uuid not null
  id uuid not null
  series_id uuid not null
  seq integer not null
  kind text not null
  scope text not null
  visits jsonb not null
  undoes uuid
  by_staff_id uuid not null
  at timestamp with time zone not null
  constraint series_change_pkey PRIMARY KEY (clinic_id, id)
  constraint series_change_in_order UNIQUE (clinic_id, series_id, seq)
  constraint series_change_undone_once UNIQUE (clinic_id, undoes)
  constraint series_change_kind_check CHECK ((kind = ANY (ARRAY['booked'::text, 'moved'::text, 'cancelled'::text, 'undone'::text])))
  constraint series_change_scope_check CHECK ((scope = ANY (ARRAY['one'::text, 'following'::text, 'all'::text])))
  constraint series_change_seq_check CHECK ((seq > 0))
  constraint series_change_undoes CHECK (((kind = 'undone'::text) = (undoes IS NOT NULL)))
  constraint series_change_clinic_id_by_staff_id_fkey FOREIGN KEY (clinic_id, by_staff_id) REFERENCES staff(clinic_id, id)
  constraint series_change_clinic_id_series_id_fkey FOREIGN KEY (clinic_id, series_id) REFERENCES series(clinic_id, id)
  constraint series_change_clinic_id_undoes_fkey FOREIGN KEY (clinic_id, undoes) REFERENCES series_change(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api
  grant select to yoman_worker

table series_visit (
  clinic_id uuid not null
  appointment_id uuid not null
  series_id uuid not null
  position smallint not null
  constraint series_visit_pkey PRIMARY KEY (clinic_id, appointment_id)
  constraint series_position_once UNIQUE (clinic_id, series_id, "position")
  constraint series_visit_position_check CHECK ((("position" >= 1) AND ("position" <= 60)))
  constraint series_visit_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint series_visit_clinic_id_series_id_fkey FOREIGN KEY (clinic_id, series_id) REFERENCES series(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select to yoman_api
  grant select to yoman_worker

table session (
  clinic_id uuid not null
  id uuid not null
  staff_id uuid not null
  created_at timestamp with time zone not null
  last_seen_at timestamp with time zone not null
  idle_until timestamp with time zone not null
  absolute_until timestamp with time zone not null
  revoked_at timestamp with time zone
  revoke_reason text
  ip inet
  user_agent text
  constraint session_pkey PRIMARY KEY (clinic_id, id)
  constraint session_clinic_id_staff_id_fkey FOREIGN KEY (clinic_id, staff_id) REFERENCES staff(clinic_id, id) ON DELETE CASCADE
)
  CREATE INDEX session_by_staff on session USING btree (clinic_id, staff_id) WHERE (revoked_at IS NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy sign_in for select to public using is_signing_in()
  grant insert, select, update to yoman_api

table setup_link (
  hash bytea not null
  expires_at timestamp with time zone not null
  used_at timestamp with time zone
  constraint setup_link_pkey PRIMARY KEY (hash)
)
  grant insert, select, update to yoman_api

table share_rule (
  clinic_id uuid not null
  id uuid not null
  practitioner_id uuid not null
  price_item_id uuid
  valid_from date not null
  share_basis_points integer
  fixed_agorot bigint
  created_at timestamp with time zone not null
  created_by uuid not null
  constraint share_rule_pkey PRIMARY KEY (clinic_id, id)
  constraint share_rule_once UNIQUE NULLS NOT DISTINCT (clinic_id, practitioner_id, price_item_id, valid_from)
  constraint share_rule_fixed_agorot_check CHECK (((fixed_agorot >= 0) AND (fixed_agorot <= 100000000)))
  constraint share_rule_says_one CHECK ((num_nonnulls(share_basis_points, fixed_agorot) = 1))
  constraint share_rule_share_basis_points_check CHECK (((share_basis_points >= 0) AND (share_basis_points <= 10000)))
  constraint share_rule_clinic_id_created_by_fkey FOREIGN KEY (clinic_id, created_by) REFERENCES staff(clinic_id, id)
  constraint share_rule_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
  constraint share_rule_clinic_id_practitioner_id_fkey FOREIGN KEY (clinic_id, practitioner_id) REFERENCES practitioner(clinic_id, id)
  constraint share_rule_clinic_id_price_item_id_fkey FOREIGN KEY (clinic_id, price_item_id) REFERENCES price_item(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger month_is_open calls month_of_share_rule
  grant delete, insert, select to yoman_api
  grant select to yoman_worker

table shift_note (
  clinic_id uuid not null
  id uuid not null
  branch_id uuid not null
  words text not null
  written_by uuid not null
  written_at timestamp with time zone not null
  constraint shift_note_pkey PRIMARY KEY (clinic_id, id)
  constraint shift_note_words_check CHECK (((length(words) >= 1) AND (length(words) <= 2000)))
  constraint shift_note_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint shift_note_clinic_id_written_by_fkey FOREIGN KEY (clinic_id, written_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX shift_note_by_branch on shift_note USING btree (clinic_id, branch_id, written_at DESC, id)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api

table sign_in_throttle (
  key bytea not null
  failures integer not null
  blocked_until timestamp with time zone
  last_failure_at timestamp with time zone not null
  constraint sign_in_throttle_pkey PRIMARY KEY (key)
)
  grant delete, insert, select, update to yoman_api

table signing_certificate (
  clinic_id uuid not null
  identity_sealed bytea not null
  subject text not null
  issuer text not null
  serial text not null
  fingerprint text not null
  valid_from timestamp with time zone not null
  valid_to timestamp with time zone not null
  set_by uuid not null
  set_at timestamp with time zone not null
  version integer not null default 1
  constraint signing_certificate_pkey PRIMARY KEY (clinic_id)
  constraint signing_certificate_check CHECK ((valid_to > valid_from))
  constraint signing_certificate_fingerprint_check CHECK ((fingerprint ~ '^[0-9a-f]{64}$'::text))
  constraint signing_certificate_issuer_check CHECK ((length(issuer) <= 200))
  constraint signing_certificate_serial_check CHECK ((length(serial) <= 80))
  constraint signing_certificate_subject_check CHECK ((length(subject) <= 200))
  constraint signing_certificate_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
  constraint signing_certificate_clinic_id_set_by_fkey FOREIGN KEY (clinic_id, set_by) REFERENCES staff(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select, update to yoman_api
  grant select to yoman_worker

table staff (
  clinic_id uuid not null
  id uuid not null
  name text not null
  email text not null
  language text not null default 'he'::text
  active boolean not null default true
  version integer not null default 1
  created_at timestamp with time zone not null default now()
  name_en text not null default ''::text
  constraint staff_pkey PRIMARY KEY (clinic_id, id)
  constraint staff_email_check CHECK ((email = lower(email)))
  constraint staff_language_check CHECK ((language = ANY (ARRAY['he'::text, 'en'::text])))
  constraint staff_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
  constraint staff_name_en_length CHECK ((length(name_en) <= 120))
  constraint staff_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table staff_preference (
  clinic_id uuid not null
  staff_id uuid not null
  preferences jsonb not null default '{}'::jsonb
  changed_at timestamp with time zone not null
  constraint staff_preference_pkey PRIMARY KEY (clinic_id, staff_id)
  constraint staff_preference_is_small CHECK (((jsonb_typeof(preferences) = 'object'::text) AND (pg_column_size(preferences) <= 65536)))
  constraint staff_preference_clinic_id_staff_id_fkey FOREIGN KEY (clinic_id, staff_id) REFERENCES staff(clinic_id, id) ON DELETE CASCADE
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api

table staff_role (
  clinic_id uuid not null
  id uuid not null
  staff_id uuid not null
  role text not null
  branch_id uuid
  constraint staff_role_pkey PRIMARY KEY (clinic_id, id)
  constraint staff_role_once UNIQUE NULLS NOT DISTINCT (clinic_id, staff_id, role, branch_id)
  constraint staff_role_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'receptionist'::text, 'doctor'::text, 'hygienist'::text, 'assistant'::text, 'accountant'::text])))
  constraint staff_role_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id) ON DELETE CASCADE
  constraint staff_role_clinic_id_staff_id_fkey FOREIGN KEY (clinic_id, staff_id) REFERENCES staff(clinic_id, id) ON DELETE CASCADE
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select, update to yoman_api
  grant select to yoman_worker

table statement_setting (
  clinic_id uuid not null
  readers text not null default 'nobody'::text
  day smallint not null default 1
  version integer not null default 1
  constraint statement_setting_pkey PRIMARY KEY (clinic_id)
  constraint statement_setting_day_check CHECK (((day >= 1) AND (day <= 21)))
  constraint statement_setting_readers_check CHECK ((readers = ANY (ARRAY['nobody'::text, 'owing'::text, 'moved'::text])))
  constraint statement_setting_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table tag (
  clinic_id uuid not null
  id uuid not null
  name text not null
  tone text not null default 'neutral'::text
  retired_at timestamp with time zone
  version integer not null default 1
  constraint tag_pkey PRIMARY KEY (clinic_id, id)
  constraint tag_name_once UNIQUE (clinic_id, name)
  constraint tag_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40)))
  constraint tag_tone_check CHECK ((tone = ANY (ARRAY['neutral'::text, 'info'::text, 'primary'::text, 'warning'::text, 'success'::text, 'danger'::text])))
  constraint tag_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table task (
  clinic_id uuid not null
  id uuid not null
  branch_id uuid not null
  patient_id uuid
  words text not null
  due_at timestamp with time zone not null
  assignee_id uuid
  assignee_role text
  status text not null default 'open'::text
  outcome text not null default ''::text
  closed_at timestamp with time zone
  closed_by uuid
  created_by uuid
  created_at timestamp with time zone not null
  version integer not null default 1
  about text
  appointment_id uuid
  appointment_starts_at timestamp with time zone
  channel text
  address text
  closed_because text
  constraint task_pkey PRIMARY KEY (clinic_id, id)
  constraint task_about_check CHECK ((about = ANY (ARRAY['wants_to_move'::text, 'dead_address'::text, 'untold'::text, 'promised_to_pay'::text, 'debt_call'::text])))
  constraint task_address_check CHECK (((length(address) >= 1) AND (length(address) <= 254)))
  constraint task_assignee_role_check CHECK ((assignee_role = ANY (ARRAY['owner'::text, 'receptionist'::text, 'doctor'::text, 'hygienist'::text, 'assistant'::text])))
  constraint task_by_somebody CHECK (((about IS NOT NULL) OR (created_by IS NOT NULL)))
  constraint task_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text])))
  constraint task_closed_because_check CHECK ((closed_because = ANY (ARRAY['changed'::text, 'works'::text])))
  constraint task_closed_by_itself CHECK (((closed_because IS NULL) OR ((status = 'kept'::text) AND (address IS NOT NULL))))
  constraint task_closed_whole CHECK (((status = 'open'::text) = (closed_at IS NULL)))
  constraint task_for_one CHECK (((assignee_id IS NULL) <> (assignee_role IS NULL)))
  constraint task_of_address CHECK ((((NOT (about IS DISTINCT FROM 'dead_address'::text)) = (address IS NOT NULL)) AND ((channel IS NULL) = (address IS NULL)) AND ((address IS NULL) OR (patient_id IS NOT NULL))))
  constraint task_of_debt CHECK (((about IS NULL) OR (about <> ALL (ARRAY['promised_to_pay'::text, 'debt_call'::text])) OR (patient_id IS NOT NULL)))
  constraint task_of_visit CHECK (((COALESCE((about = ANY (ARRAY['wants_to_move'::text, 'untold'::text])), false) = (appointment_id IS NOT NULL)) AND ((appointment_id IS NULL) = (appointment_starts_at IS NULL))))
  constraint task_outcome_check CHECK ((length(outcome) <= 300))
  constraint task_status_check CHECK ((status = ANY (ARRAY['open'::text, 'kept'::text, 'broken'::text])))
  constraint task_words_check CHECK (((length(words) >=
CASE
    WHEN (about IS NULL) THEN 1
    ELSE 0
END) AND (length(words) <= 500)))
  constraint task_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint task_clinic_id_assignee_id_fkey FOREIGN KEY (clinic_id, assignee_id) REFERENCES staff(clinic_id, id)
  constraint task_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint task_clinic_id_closed_by_fkey FOREIGN KEY (clinic_id, closed_by) REFERENCES staff(clinic_id, id)
  constraint task_clinic_id_created_by_fkey FOREIGN KEY (clinic_id, created_by) REFERENCES staff(clinic_id, id)
  constraint task_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
)
  CREATE INDEX task_by_patient on task USING btree (clinic_id, patient_id, due_at DESC) WHERE (patient_id IS NOT NULL)
  CREATE INDEX task_closed on task USING btree (clinic_id, branch_id, closed_at DESC, id) WHERE (status <> 'open'::text)
  CREATE INDEX task_open on task USING btree (clinic_id, branch_id, due_at, id) WHERE (status = 'open'::text)
  CREATE UNIQUE INDEX task_of_dead_address on task USING btree (clinic_id, patient_id, channel, address) WHERE (about = 'dead_address'::text)
  CREATE UNIQUE INDEX task_of_untold on task USING btree (clinic_id, appointment_id, appointment_starts_at) WHERE (about = 'untold'::text)
  CREATE UNIQUE INDEX task_of_wish on task USING btree (clinic_id, appointment_id, appointment_starts_at) WHERE (about = 'wants_to_move'::text)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy worker_of_messages for all to public using ((CURRENT_USER <> 'yoman_worker'::name) OR COALESCE((about = ANY (ARRAY['dead_address'::text, 'untold'::text, 'debt_call'::text, 'promised_to_pay'::text])), false)) with check ((CURRENT_USER <> 'yoman_worker'::name) OR COALESCE(((about = ANY (ARRAY['dead_address'::text, 'untold'::text, 'debt_call'::text])) OR ((about = 'promised_to_pay'::text) AND (status <> 'open'::text))), false))
  policy worker_opens for update to public using true with check ((CURRENT_USER <> 'yoman_worker'::name) OR ((closed_by IS NULL) AND ((status = 'open'::text) OR (NOT (closed_because IS DISTINCT FROM 'changed'::text)) OR ((status = 'kept'::text) AND (about = ANY (ARRAY['untold'::text, 'promised_to_pay'::text, 'debt_call'::text]))))))
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select, update to yoman_api

table tax_authority_connection (
  clinic_id uuid not null
  state text not null default 'off'::text
  tokens_sealed bytea
  code_sealed bytea
  access_until timestamp with time zone
  refresh_until timestamp with time zone
  refreshing_until timestamp with time zone
  consent_hash bytea
  consent_until timestamp with time zone
  connected_by uuid
  connected_at timestamp with time zone
  version integer not null default 1
  constraint tax_authority_connection_pkey PRIMARY KEY (clinic_id)
  constraint connection_has_code CHECK (((state = 'connecting'::text) = (code_sealed IS NOT NULL)))
  constraint connection_has_tokens CHECK (((state <> 'connected'::text) OR (tokens_sealed IS NOT NULL)))
  constraint tax_authority_connection_state_check CHECK ((state = ANY (ARRAY['off'::text, 'connecting'::text, 'connected'::text, 'expired'::text])))
  constraint tax_authority_connection_clinic_id_connected_by_fkey FOREIGN KEY (clinic_id, connected_by) REFERENCES staff(clinic_id, id)
  constraint tax_authority_connection_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy worker_walks for select to yoman_worker using true
  grant insert, select, update to yoman_api
  grant select, update to yoman_worker

table ticket (
  clinic_id uuid not null
  appointment_id uuid not null
  branch_id uuid not null
  on_date date not null
  number integer not null
  constraint ticket_pkey PRIMARY KEY (clinic_id, appointment_id, on_date)
  constraint ticket_number_once UNIQUE (clinic_id, branch_id, on_date, number)
  constraint ticket_number_check CHECK ((number > 0))
  constraint ticket_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api

table ticket_counter (
  clinic_id uuid not null
  branch_id uuid not null
  on_date date not null
  last_number integer not null
  constraint ticket_counter_pkey PRIMARY KEY (clinic_id, branch_id, on_date)
  constraint ticket_counter_last_number_check CHECK ((last_number > 0))
  constraint ticket_counter_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id) ON DELETE CASCADE
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api

table tooth_finding (
  clinic_id uuid not null
  id uuid not null
  patient_id uuid not null
  tooth text not null
  kind text not null
  state text not null
  surfaces text not null default ''::text
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  ended_as text
  ended_by uuid
  ended_at timestamp with time zone
  constraint tooth_finding_pkey PRIMARY KEY (clinic_id, id)
  constraint tooth_finding_ended_as_check CHECK ((ended_as = ANY (ARRAY['done'::text, 'changed'::text, 'mistake'::text])))
  constraint tooth_finding_ended_whole CHECK ((((ended_as IS NULL) = (ended_at IS NULL)) AND ((ended_as IS NULL) = (ended_by IS NULL))))
  constraint tooth_finding_kind_check CHECK ((kind = ANY (ARRAY['caries'::text, 'fracture'::text, 'filling'::text, 'sealant'::text, 'veneer'::text, 'crown'::text, 'bridge'::text, 'root_canal'::text, 'implant'::text, 'denture'::text, 'missing'::text, 'unerupted'::text, 'extraction'::text])))
  constraint tooth_finding_state_check CHECK ((state = ANY (ARRAY['existing'::text, 'planned'::text])))
  constraint tooth_finding_surfaces_check CHECK ((surfaces ~ '^M?O?D?B?L?$'::text))
  constraint tooth_finding_tooth_check CHECK ((tooth ~ '^([1-4][1-8]|[5-8][1-5])$'::text))
  constraint tooth_finding_clinic_id_ended_by_fkey FOREIGN KEY (clinic_id, ended_by) REFERENCES staff(clinic_id, id)
  constraint tooth_finding_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
  constraint tooth_finding_clinic_id_recorded_by_fkey FOREIGN KEY (clinic_id, recorded_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX tooth_finding_by_patient on tooth_finding USING btree (clinic_id, patient_id)
  CREATE UNIQUE INDEX tooth_finding_once on tooth_finding USING btree (clinic_id, patient_id, tooth, kind, state, surfaces) WHERE (ended_at IS NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table treatment_plan (
  clinic_id uuid not null
  id uuid not null
  patient_id uuid not null
  branch_id uuid not null
  title text not null
  remarks_sealed bytea not null
  status text not null default 'draft'::text
  edition integer not null default 1
  replaces_id uuid
  written_by uuid not null
  created_at timestamp with time zone not null
  offered_at timestamp with time zone
  answered_at timestamp with time zone
  ended_at timestamp with time zone
  reason text not null default ''::text
  version integer not null default 1
  constraint treatment_plan_pkey PRIMARY KEY (clinic_id, id)
  constraint treatment_plan_answered_whole CHECK (((status <> ALL (ARRAY['accepted'::text, 'declined'::text])) OR (answered_at IS NOT NULL)))
  constraint treatment_plan_edition_check CHECK ((edition > 0))
  constraint treatment_plan_edition_whole CHECK (((edition = 1) = (replaces_id IS NULL)))
  constraint treatment_plan_ended_whole CHECK (((status = ANY (ARRAY['replaced'::text, 'closed'::text, 'done'::text])) = (ended_at IS NOT NULL)))
  constraint treatment_plan_reason_check CHECK ((length(reason) <= 300))
  constraint treatment_plan_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'offered'::text, 'accepted'::text, 'declined'::text, 'replaced'::text, 'closed'::text, 'done'::text])))
  constraint treatment_plan_title_check CHECK (((length(title) >= 1) AND (length(title) <= 120)))
  constraint treatment_plan_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint treatment_plan_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
  constraint treatment_plan_clinic_id_replaces_id_fkey FOREIGN KEY (clinic_id, replaces_id) REFERENCES treatment_plan(clinic_id, id)
  constraint treatment_plan_clinic_id_written_by_fkey FOREIGN KEY (clinic_id, written_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX treatment_plan_accepted on treatment_plan USING btree (clinic_id, answered_at) WHERE (status = 'accepted'::text)
  CREATE INDEX treatment_plan_by_patient on treatment_plan USING btree (clinic_id, patient_id, created_at)
  CREATE UNIQUE INDEX treatment_plan_one_revision on treatment_plan USING btree (clinic_id, replaces_id) WHERE (status <> ALL (ARRAY['declined'::text, 'closed'::text]))
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table treatment_plan_item (
  clinic_id uuid not null
  id uuid not null
  plan_id uuid not null
  phase_id uuid not null
  position smallint not null
  price_item_id uuid not null
  description text not null
  description_en text not null default ''::text
  tooth text
  surfaces text not null default ''::text
  quantity integer not null
  least_agorot bigint not null
  most_agorot bigint not null
  estimated boolean not null default false
  finding_id uuid
  done_quantity integer not null default 0
  done_at timestamp with time zone
  price_by jsonb
  constraint treatment_plan_item_pkey PRIMARY KEY (clinic_id, id)
  constraint treatment_plan_item_description_check CHECK (((length(description) >= 1) AND (length(description) <= 200)))
  constraint treatment_plan_item_description_en_check CHECK ((length(description_en) <= 200))
  constraint treatment_plan_item_done CHECK ((((done_quantity >= 0) AND (done_quantity <= quantity)) AND ((done_quantity = quantity) = (done_at IS NOT NULL))))
  constraint treatment_plan_item_least_agorot_check CHECK (((least_agorot >= 0) AND (least_agorot <= 100000000)))
  constraint treatment_plan_item_most_agorot_check CHECK (((most_agorot >= 0) AND (most_agorot <= 100000000)))
  constraint treatment_plan_item_position_check CHECK ((("position" >= 1) AND ("position" <= 50)))
  constraint treatment_plan_item_price CHECK ((most_agorot >= least_agorot))
  constraint treatment_plan_item_quantity_check CHECK (((quantity >= 1) AND (quantity <= 99)))
  constraint treatment_plan_item_surfaces_check CHECK ((surfaces ~ '^M?O?D?B?L?$'::text))
  constraint treatment_plan_item_surfaces_of_a_tooth CHECK (((surfaces = ''::text) OR (tooth IS NOT NULL)))
  constraint treatment_plan_item_tooth_check CHECK ((tooth ~ '^([1-4][1-8]|[5-8][1-5])$'::text))
  constraint treatment_plan_item_clinic_id_finding_id_fkey FOREIGN KEY (clinic_id, finding_id) REFERENCES tooth_finding(clinic_id, id)
  constraint treatment_plan_item_clinic_id_phase_id_fkey FOREIGN KEY (clinic_id, phase_id) REFERENCES treatment_plan_phase(clinic_id, id) ON DELETE CASCADE
  constraint treatment_plan_item_clinic_id_plan_id_fkey FOREIGN KEY (clinic_id, plan_id) REFERENCES treatment_plan(clinic_id, id)
  constraint treatment_plan_item_clinic_id_price_item_id_fkey FOREIGN KEY (clinic_id, price_item_id) REFERENCES price_item(clinic_id, id)
)
  CREATE INDEX treatment_plan_item_by_plan on treatment_plan_item USING btree (clinic_id, plan_id)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger keep_offered_item calls keep_offered_plan
  grant delete, insert, select, update to yoman_api
  grant select to yoman_worker

table treatment_plan_order (
  clinic_id uuid not null
  phase_id uuid not null
  order_id uuid not null
  constraint treatment_plan_order_pkey PRIMARY KEY (clinic_id, phase_id, order_id)
  constraint treatment_plan_order_clinic_id_order_id_fkey FOREIGN KEY (clinic_id, order_id) REFERENCES next_visit_order(clinic_id, id)
  constraint treatment_plan_order_clinic_id_phase_id_fkey FOREIGN KEY (clinic_id, phase_id) REFERENCES treatment_plan_phase(clinic_id, id) ON DELETE CASCADE
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select to yoman_api
  grant select to yoman_worker

table treatment_plan_phase (
  clinic_id uuid not null
  id uuid not null
  plan_id uuid not null
  position smallint not null
  title text not null
  visit_type_id uuid
  practitioner_id uuid
  minutes integer
  from_phase_id uuid
  set_aside_at timestamp with time zone
  set_aside_by uuid
  set_aside_reason text not null default ''::text
  constraint treatment_plan_phase_pkey PRIMARY KEY (clinic_id, id)
  constraint treatment_plan_phase_in_order UNIQUE (clinic_id, plan_id, "position") DEFERRABLE INITIALLY DEFERRED
  constraint treatment_plan_phase_aside_whole CHECK ((((set_aside_at IS NULL) = (set_aside_by IS NULL)) AND ((set_aside_at IS NULL) = (set_aside_reason = ''::text))))
  constraint treatment_plan_phase_minutes_check CHECK (((minutes >= 5) AND (minutes <= 720)))
  constraint treatment_plan_phase_position_check CHECK ((("position" >= 1) AND ("position" <= 12)))
  constraint treatment_plan_phase_set_aside_reason_check CHECK ((length(set_aside_reason) <= 300))
  constraint treatment_plan_phase_title_check CHECK ((length(title) <= 120))
  constraint treatment_plan_phase_clinic_id_from_phase_id_fkey FOREIGN KEY (clinic_id, from_phase_id) REFERENCES treatment_plan_phase(clinic_id, id)
  constraint treatment_plan_phase_clinic_id_plan_id_fkey FOREIGN KEY (clinic_id, plan_id) REFERENCES treatment_plan(clinic_id, id)
  constraint treatment_plan_phase_clinic_id_practitioner_id_fkey FOREIGN KEY (clinic_id, practitioner_id) REFERENCES practitioner(clinic_id, id)
  constraint treatment_plan_phase_clinic_id_set_aside_by_fkey FOREIGN KEY (clinic_id, set_aside_by) REFERENCES staff(clinic_id, id)
  constraint treatment_plan_phase_clinic_id_visit_type_id_fkey FOREIGN KEY (clinic_id, visit_type_id) REFERENCES visit_type(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger keep_offered_phase calls keep_offered_plan
  grant delete, insert, select, update to yoman_api
  grant select to yoman_worker

table treatment_plan_signature (
  clinic_id uuid not null
  id uuid not null
  plan_id uuid not null
  signed_at timestamp with time zone not null
  language text not null
  signer text not null
  method text not null
  shown_sealed bytea not null
  signature_sealed bytea not null
  content_hash bytea not null
  witness_id uuid not null
  attachment_id uuid not null
  constraint treatment_plan_signature_pkey PRIMARY KEY (clinic_id, id)
  constraint treatment_plan_signed_once UNIQUE (clinic_id, plan_id)
  constraint treatment_plan_signature_content_hash_check CHECK ((length(content_hash) = 32))
  constraint treatment_plan_signature_language_check CHECK ((language = ANY (ARRAY['he'::text, 'ar'::text, 'ru'::text, 'en'::text])))
  constraint treatment_plan_signature_method_check CHECK ((method = ANY (ARRAY['drawn'::text, 'typed'::text])))
  constraint treatment_plan_signature_signer_check CHECK ((signer = ANY (ARRAY['patient'::text, 'guardian'::text])))
  constraint treatment_plan_signature_clinic_id_plan_id_fkey FOREIGN KEY (clinic_id, plan_id) REFERENCES treatment_plan(clinic_id, id)
  constraint treatment_plan_signature_clinic_id_witness_id_fkey FOREIGN KEY (clinic_id, witness_id) REFERENCES staff(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger append_only calls refuse_change
  trigger append_only_whole calls refuse_change
  grant insert, select to yoman_api

table vat_rate (
  valid_from date not null
  rate_basis_points integer not null
  constraint vat_rate_pkey PRIMARY KEY (valid_from)
  constraint vat_rate_rate_basis_points_check CHECK (((rate_basis_points >= 0) AND (rate_basis_points <= 5000)))
)
  grant select to yoman_api
  grant select to yoman_worker

table visit_discount (
  clinic_id uuid not null
  appointment_id uuid not null
  basis_points integer
  agorot bigint
  reason text not null
  given_by uuid not null
  given_at timestamp with time zone not null
  of_agorot bigint
  constraint visit_discount_pkey PRIMARY KEY (clinic_id, appointment_id)
  constraint visit_discount_agorot_check CHECK ((agorot > 0))
  constraint visit_discount_basis_points_check CHECK (((basis_points >= 1) AND (basis_points <= 10000)))
  constraint visit_discount_of_agorot_check CHECK ((of_agorot > 0))
  constraint visit_discount_one_way CHECK ((num_nonnulls(basis_points, agorot) = 1))
  constraint visit_discount_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 120)))
  constraint visit_discount_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint visit_discount_clinic_id_given_by_fkey FOREIGN KEY (clinic_id, given_by) REFERENCES staff(clinic_id, id)
)
  CREATE INDEX visit_discount_by_time on visit_discount USING btree (clinic_id, given_at)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger month_is_open calls month_of_visit_discount
  grant delete, insert, select, update to yoman_api
  grant select to yoman_worker

table visit_link (
  clinic_id uuid not null
  appointment_id uuid not null
  appointment_starts_at timestamp with time zone not null
  token_hash bytea not null
  expires_at timestamp with time zone not null
  created_at timestamp with time zone not null
  constraint visit_link_pkey PRIMARY KEY (clinic_id, appointment_id, appointment_starts_at)
  constraint visit_link_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
)
  CREATE INDEX visit_link_by_token on visit_link USING btree (token_hash)
  row level security, forced
  policy answering for select to yoman_api using is_answering_visit()
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select to yoman_api
  grant insert, select to yoman_worker

table visit_paper (
  clinic_id uuid not null
  appointment_id uuid not null
  kind text not null
  received_at timestamp with time zone not null
  received_by uuid
  constraint visit_paper_pkey PRIMARY KEY (clinic_id, appointment_id, kind)
  constraint visit_paper_kind_check CHECK ((kind = ANY (ARRAY['form_17'::text, 'referral'::text])))
  constraint visit_paper_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id) ON DELETE CASCADE
  constraint visit_paper_clinic_id_received_by_fkey FOREIGN KEY (clinic_id, received_by) REFERENCES staff(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api
  grant select to yoman_worker

table visit_payer (
  clinic_id uuid not null
  appointment_id uuid not null
  organisation_id uuid
  chosen_by uuid
  chosen_at timestamp with time zone not null
  constraint visit_payer_pkey PRIMARY KEY (clinic_id, appointment_id)
  constraint visit_payer_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint visit_payer_clinic_id_chosen_by_fkey FOREIGN KEY (clinic_id, chosen_by) REFERENCES staff(clinic_id, id)
  constraint visit_payer_clinic_id_organisation_id_fkey FOREIGN KEY (clinic_id, organisation_id) REFERENCES organisation(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select to yoman_worker
  grant insert, select, update to yoman_api

table visit_payer_part (
  clinic_id uuid not null
  appointment_id uuid not null
  organisation_id uuid not null
  basis_points integer
  agorot bigint
  procedure_ids uuid[]
  chosen_by uuid not null
  chosen_at timestamp with time zone not null
  constraint visit_payer_part_pkey PRIMARY KEY (clinic_id, appointment_id, organisation_id)
  constraint visit_payer_part_agorot_check CHECK ((agorot > 0))
  constraint visit_payer_part_basis_points_check CHECK (((basis_points >= 1) AND (basis_points <= 10000)))
  constraint visit_payer_part_one_measure CHECK ((num_nonnulls(basis_points, agorot) = 1))
  constraint visit_payer_part_procedure_ids_check CHECK (((cardinality(procedure_ids) >= 1) AND (cardinality(procedure_ids) <= 100)))
  constraint visit_payer_part_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint visit_payer_part_clinic_id_chosen_by_fkey FOREIGN KEY (clinic_id, chosen_by) REFERENCES staff(clinic_id, id)
  constraint visit_payer_part_clinic_id_organisation_id_fkey FOREIGN KEY (clinic_id, organisation_id) REFERENCES organisation(clinic_id, id)
)
  CREATE INDEX visit_payer_part_by_organisation on visit_payer_part USING btree (clinic_id, organisation_id)
  CREATE INDEX visit_payer_part_by_staff on visit_payer_part USING btree (clinic_id, chosen_by)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select, update to yoman_api
  grant select to yoman_worker

table visit_type (
  clinic_id uuid not null
  id uuid not null
  name text not null
  name_en text not null default ''::text
  public_name text not null default ''::text
  public_name_en text not null default ''::text
  profession text
  duration_minutes integer not null
  buffer_before_minutes integer not null default 0
  buffer_after_minutes integer not null default 0
  place_kind text
  price_item_id uuid
  colour text not null default '#0f766e'::text
  active boolean not null default true
  version integer not null default 1
  created_at timestamp with time zone not null default now()
  paper text not null default 'none'::text
  constraint visit_type_pkey PRIMARY KEY (clinic_id, id)
  constraint visit_type_buffer_after_minutes_check CHECK (((buffer_after_minutes >= 0) AND (buffer_after_minutes <= 120)))
  constraint visit_type_buffer_before_minutes_check CHECK (((buffer_before_minutes >= 0) AND (buffer_before_minutes <= 120)))
  constraint visit_type_colour_check CHECK ((colour ~ '^#[0-9a-f]{6}$'::text))
  constraint visit_type_duration_minutes_check CHECK (((duration_minutes >= 5) AND (duration_minutes <= 720)))
  constraint visit_type_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
  constraint visit_type_paper_check CHECK ((paper = ANY (ARRAY['none'::text, 'form_17'::text, 'referral'::text])))
  constraint visit_type_place_kind_check CHECK ((place_kind = ANY (ARRAY['room'::text, 'chair'::text, 'device'::text])))
  constraint visit_type_profession_check CHECK ((profession = ANY (ARRAY['doctor'::text, 'hygienist'::text, 'assistant'::text])))
  constraint visit_type_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
  constraint visit_type_clinic_id_price_item_id_fkey FOREIGN KEY (clinic_id, price_item_id) REFERENCES price_item(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table visit_type_need (
  clinic_id uuid not null
  visit_type_id uuid not null
  seq smallint not null
  kind text not null
  profession text
  constraint visit_type_need_pkey PRIMARY KEY (clinic_id, visit_type_id, seq)
  constraint visit_type_need_kind_check CHECK ((kind = ANY (ARRAY['practitioner'::text, 'room'::text, 'chair'::text, 'device'::text])))
  constraint visit_type_need_profession CHECK (((profession IS NULL) OR (kind = 'practitioner'::text)))
  constraint visit_type_need_profession_check CHECK ((profession = ANY (ARRAY['doctor'::text, 'hygienist'::text, 'assistant'::text])))
  constraint visit_type_need_seq_check CHECK (((seq >= 1) AND (seq <= 4)))
  constraint visit_type_need_clinic_id_visit_type_id_fkey FOREIGN KEY (clinic_id, visit_type_id) REFERENCES visit_type(clinic_id, id) ON DELETE CASCADE
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api
  grant select to yoman_worker

table visit_type_need_resource (
  clinic_id uuid not null
  visit_type_id uuid not null
  seq smallint not null
  resource_id uuid not null
  constraint visit_type_need_resource_pkey PRIMARY KEY (clinic_id, visit_type_id, seq, resource_id)
  constraint visit_type_need_resource_clinic_id_resource_id_fkey FOREIGN KEY (clinic_id, resource_id) REFERENCES resource(clinic_id, id) ON DELETE CASCADE
  constraint visit_type_need_resource_clinic_id_visit_type_id_seq_fkey FOREIGN KEY (clinic_id, visit_type_id, seq) REFERENCES visit_type_need(clinic_id, visit_type_id, seq) ON DELETE CASCADE
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api
  grant select to yoman_worker

table visit_type_practitioner (
  clinic_id uuid not null
  visit_type_id uuid not null
  practitioner_id uuid not null
  constraint visit_type_practitioner_pkey PRIMARY KEY (clinic_id, visit_type_id, practitioner_id)
  constraint visit_type_practitioner_clinic_id_practitioner_id_fkey FOREIGN KEY (clinic_id, practitioner_id) REFERENCES practitioner(clinic_id, id) ON DELETE CASCADE
  constraint visit_type_practitioner_clinic_id_visit_type_id_fkey FOREIGN KEY (clinic_id, visit_type_id) REFERENCES visit_type(clinic_id, id) ON DELETE CASCADE
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api
  grant select to yoman_worker

table voice_setting (
  clinic_id uuid not null
  caller text
  call_price integer
  version integer not null default 1
  constraint voice_setting_pkey PRIMARY KEY (clinic_id)
  constraint voice_setting_call_price_check CHECK (((call_price >= 0) AND (call_price <= 10000)))
  constraint voice_setting_caller_check CHECK ((caller ~ '^\+[1-9][0-9]{6,14}$'::text))
  constraint voice_setting_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table waiting_screen (
  clinic_id uuid not null
  id uuid not null
  branch_id uuid not null
  name text not null
  language text not null
  theme text not null
  chime boolean not null default false
  hash bytea not null
  created_by uuid
  created_at timestamp with time zone not null
  revoked_at timestamp with time zone
  constraint waiting_screen_pkey PRIMARY KEY (clinic_id, id)
  constraint waiting_screen_language_check CHECK ((language = ANY (ARRAY['he'::text, 'en'::text])))
  constraint waiting_screen_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
  constraint waiting_screen_theme_check CHECK ((theme = ANY (ARRAY['light'::text, 'dark'::text])))
  constraint waiting_screen_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
)
  CREATE UNIQUE INDEX waiting_screen_by_hash on waiting_screen USING btree (hash)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  policy screen for select to yoman_api using is_showing_screen()
  grant insert, select, update to yoman_api

table waitlist_entry (
  clinic_id uuid not null
  id uuid not null
  branch_id uuid not null
  patient_id uuid not null
  visit_type_id uuid not null
  duration_minutes smallint
  weekdays smallint[] not null default '{}'::smallint[]
  parts text[] not null default '{}'::text[]
  urgency text not null default 'normal'::text
  until_date date
  note text not null default ''::text
  appointment_id uuid
  status text not null default 'open'::text
  booked_id uuid
  waiting_since timestamp with time zone not null
  closed_at timestamp with time zone
  version integer not null default 1
  created_by uuid
  constraint waitlist_entry_pkey PRIMARY KEY (clinic_id, id)
  constraint waitlist_entry_booked_whole CHECK (((status <> 'booked'::text) OR (booked_id IS NOT NULL)))
  constraint waitlist_entry_closed_whole CHECK (((status = 'open'::text) = (closed_at IS NULL)))
  constraint waitlist_entry_duration_minutes_check CHECK (((duration_minutes >= 5) AND (duration_minutes <= 720)))
  constraint waitlist_entry_note_check CHECK ((length(note) <= 500))
  constraint waitlist_entry_parts_check CHECK ((parts <@ '{morning,afternoon,evening}'::text[]))
  constraint waitlist_entry_status_check CHECK ((status = ANY (ARRAY['open'::text, 'booked'::text, 'done'::text, 'removed'::text, 'expired'::text])))
  constraint waitlist_entry_urgency_check CHECK ((urgency = ANY (ARRAY['normal'::text, 'soon'::text, 'urgent'::text])))
  constraint waitlist_entry_weekdays_check CHECK ((weekdays <@ '{1,2,3,4,5,6,7}'::smallint[]))
  constraint waitlist_entry_clinic_id_appointment_id_fkey FOREIGN KEY (clinic_id, appointment_id) REFERENCES appointment(clinic_id, id)
  constraint waitlist_entry_clinic_id_booked_id_fkey FOREIGN KEY (clinic_id, booked_id) REFERENCES appointment(clinic_id, id)
  constraint waitlist_entry_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint waitlist_entry_clinic_id_patient_id_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patient(clinic_id, id)
  constraint waitlist_entry_clinic_id_visit_type_id_fkey FOREIGN KEY (clinic_id, visit_type_id) REFERENCES visit_type(clinic_id, id)
)
  CREATE INDEX waitlist_entry_by_booked on waitlist_entry USING btree (clinic_id, booked_id) WHERE (booked_id IS NOT NULL)
  CREATE INDEX waitlist_entry_by_patient on waitlist_entry USING btree (clinic_id, patient_id)
  CREATE INDEX waitlist_entry_open on waitlist_entry USING btree (clinic_id, branch_id, waiting_since) WHERE (status = 'open'::text)
  CREATE UNIQUE INDEX waitlist_entry_once_per_visit on waitlist_entry USING btree (clinic_id, appointment_id) WHERE ((status = 'open'::text) AND (appointment_id IS NOT NULL))
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  trigger follow_merge_patient_id calls follow_merge
  grant insert, select, update to yoman_api
  grant select, update to yoman_worker

table waitlist_offer (
  clinic_id uuid not null
  id uuid not null
  entry_id uuid not null
  hold_id uuid not null
  told_by text not null
  status text not null default 'open'::text
  token_hash bytea
  expires_at timestamp with time zone not null
  created_at timestamp with time zone not null
  created_by uuid
  answered_at timestamp with time zone
  answered_by text
  constraint waitlist_offer_pkey PRIMARY KEY (clinic_id, id)
  constraint waitlist_offer_once UNIQUE (clinic_id, hold_id, entry_id)
  constraint waitlist_offer_answered_by_check CHECK ((answered_by = ANY (ARRAY['patient'::text, 'desk'::text])))
  constraint waitlist_offer_answered_whole CHECK (((answered_at IS NULL) = (status = 'open'::text)))
  constraint waitlist_offer_link CHECK (((told_by = 'sms'::text) = (token_hash IS NOT NULL)))
  constraint waitlist_offer_status_check CHECK ((status = ANY (ARRAY['open'::text, 'taken'::text, 'declined'::text, 'lost'::text, 'expired'::text, 'withdrawn'::text])))
  constraint waitlist_offer_told_by_check CHECK ((told_by = ANY (ARRAY['sms'::text, 'phone'::text])))
  constraint waitlist_offer_clinic_id_entry_id_fkey FOREIGN KEY (clinic_id, entry_id) REFERENCES waitlist_entry(clinic_id, id)
  constraint waitlist_offer_clinic_id_hold_id_fkey FOREIGN KEY (clinic_id, hold_id) REFERENCES appointment(clinic_id, id)
)
  CREATE INDEX waitlist_offer_by_answer on waitlist_offer USING btree (clinic_id, answered_at) WHERE (answered_at IS NOT NULL)
  CREATE INDEX waitlist_offer_by_entry on waitlist_offer USING btree (clinic_id, entry_id)
  CREATE INDEX waitlist_offer_by_token on waitlist_offer USING btree (token_hash) WHERE (token_hash IS NOT NULL)
  CREATE INDEX waitlist_offer_open on waitlist_offer USING btree (clinic_id, expires_at) WHERE (status = 'open'::text)
  CREATE UNIQUE INDEX waitlist_offer_taken_once on waitlist_offer USING btree (clinic_id, hold_id) WHERE (status = 'taken'::text)
  row level security, forced
  policy answering for select to yoman_api using is_answering_offer()
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant insert, select, update to yoman_worker

table waitlist_place (
  clinic_id uuid not null
  id uuid not null
  branch_id uuid not null
  practitioner_id uuid not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  freed_at timestamp with time zone not null
  dismissed_at timestamp with time zone
  constraint waitlist_place_pkey PRIMARY KEY (clinic_id, id)
  constraint waitlist_place_once UNIQUE (clinic_id, practitioner_id, starts_at)
  constraint waitlist_place_ends_after_start CHECK ((ends_at > starts_at))
  constraint waitlist_place_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id)
  constraint waitlist_place_clinic_id_practitioner_id_fkey FOREIGN KEY (clinic_id, practitioner_id) REFERENCES practitioner(clinic_id, id)
)
  CREATE INDEX waitlist_place_to_come on waitlist_place USING btree (clinic_id, branch_id, starts_at) WHERE (dismissed_at IS NULL)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant insert, select, update to yoman_worker

table waitlist_practitioner (
  clinic_id uuid not null
  entry_id uuid not null
  practitioner_id uuid not null
  constraint waitlist_practitioner_pkey PRIMARY KEY (clinic_id, entry_id, practitioner_id)
  constraint waitlist_practitioner_clinic_id_entry_id_fkey FOREIGN KEY (clinic_id, entry_id) REFERENCES waitlist_entry(clinic_id, id) ON DELETE CASCADE
  constraint waitlist_practitioner_clinic_id_practitioner_id_fkey FOREIGN KEY (clinic_id, practitioner_id) REFERENCES practitioner(clinic_id, id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api
  grant select to yoman_worker

table waitlist_setting (
  clinic_id uuid not null
  offer_minutes smallint not null default 15
  offer_next boolean not null default false
  version integer not null default 1
  constraint waitlist_setting_pkey PRIMARY KEY (clinic_id)
  constraint waitlist_setting_offer_minutes_check CHECK (((offer_minutes >= 5) AND (offer_minutes <= 240)))
  constraint waitlist_setting_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table whatsapp_setting (
  clinic_id uuid not null
  sender text
  version integer not null default 1
  constraint whatsapp_setting_pkey PRIMARY KEY (clinic_id)
  constraint whatsapp_setting_sender_check CHECK ((sender ~ '^\+[1-9][0-9]{6,14}$'::text))
  constraint whatsapp_setting_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
)
  CREATE UNIQUE INDEX whatsapp_sender_once on whatsapp_setting USING btree (sender)
  row level security, forced
  policy callback for select to yoman_api using is_taking_callback()
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant insert, select, update to yoman_api
  grant select to yoman_worker

table whatsapp_template (
  clinic_id uuid not null
  language text not null
  content_sid text
  body text not null
  constraint whatsapp_template_pkey PRIMARY KEY (clinic_id, language)
  constraint whatsapp_template_body_check CHECK (((length(body) >= 1) AND (length(body) <= 1024)))
  constraint whatsapp_template_content_sid_check CHECK ((content_sid ~ '^HX[0-9a-f]{32}$'::text))
  constraint whatsapp_template_language_check CHECK ((language = ANY (ARRAY['he'::text, 'ar'::text, 'ru'::text, 'en'::text])))
  constraint whatsapp_template_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES whatsapp_setting(clinic_id)
)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select to yoman_api
  grant select to yoman_worker

table working_hours (
  clinic_id uuid not null
  id uuid not null
  resource_id uuid not null
  branch_id uuid not null
  weekday smallint not null
  starts time without time zone not null
  ends time without time zone not null
  valid_from date
  valid_to date
  constraint working_hours_pkey PRIMARY KEY (clinic_id, id)
  constraint working_hours_end_after_start CHECK ((ends > starts))
  constraint working_hours_weekday_check CHECK (((weekday >= 1) AND (weekday <= 7)))
  constraint working_hours_clinic_id_branch_id_fkey FOREIGN KEY (clinic_id, branch_id) REFERENCES branch(clinic_id, id) ON DELETE CASCADE
  constraint working_hours_clinic_id_resource_id_fkey FOREIGN KEY (clinic_id, resource_id) REFERENCES resource(clinic_id, id) ON DELETE CASCADE
)
  CREATE INDEX working_hours_by_resource on working_hours USING btree (clinic_id, resource_id, weekday)
  row level security, forced
  policy clinic_scope for all to public using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())
  grant delete, insert, select, update to yoman_api
  grant select to yoman_worker

CREATE OR REPLACE FUNCTION public.advance_left(clinic uuid, document uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select (a.total_agorot - coalesce((select sum(u.amount_agorot) from advance_use u where u.clinic_id = a.clinic_id and u.advance_id = a.id), 0)
    - coalesce((select sum(k.total_agorot) from invoice k where k.clinic_id = a.clinic_id and k.kind = '330' and (k.based_on_id = a.id
      or k.based_on_id in (select t.id from invoice t where t.clinic_id = a.clinic_id and t.based_on_id = a.id and t.kind = '305'))), 0)
    - untaxed_gone(a.clinic_id, a.id))::bigint
  from invoice a where a.clinic_id = clinic and a.id = document and a.advance $function$


CREATE OR REPLACE FUNCTION public.advance_within()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  before bigint;
begin
  perform from invoice where clinic_id = new.clinic_id and id = new.request_id and kind = '300' for update;
  if not found then raise exception 'only a transaction invoice deducts' using errcode = 'check_violation', constraint = 'deducted_of_its_kind'; end if;
  perform from invoice where clinic_id = new.clinic_id and id = new.advance_id and advance for update;
  if not found then raise exception 'not an advance' using errcode = 'check_violation', constraint = 'deducted_of_its_kind'; end if;
  if new.amount_agorot > 0 and (new.amount_agorot > advance_left(new.clinic_id, new.advance_id)
      or received_on(new.clinic_id, new.request_id) + new.amount_agorot > (select total_agorot from invoice where clinic_id = new.clinic_id and id = new.request_id)) then
    raise exception 'more is deducted than there is' using errcode = 'check_violation', constraint = 'deducted_within';
  end if;
  select coalesce(sum(amount_agorot), 0) into before from advance_use where clinic_id = new.clinic_id and advance_id = new.advance_id and request_id = new.request_id;
  if before + new.amount_agorot < 0 then raise exception 'more is taken back than was deducted' using errcode = 'check_violation', constraint = 'deducted_within'; end if;
  return new;
end $function$


CREATE OR REPLACE PROCEDURE public.append_only(IN name regclass)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('create trigger append_only before update or delete on %s for each row execute function refuse_change()', name);
  execute format('create trigger append_only_whole before truncate on %s for each statement execute function refuse_change()', name);
end $procedure$


CREATE OR REPLACE FUNCTION public.billed_for_visit(clinic uuid, visit uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select (v.total_agorot + coalesce((select sum(s.total_agorot) from visit_payer_part w join invoice s on s.clinic_id = w.clinic_id and s.id = document_of_part(w.clinic_id, w.appointment_id, w.organisation_id)
    where w.clinic_id = clinic and w.appointment_id = visit), 0))::bigint
  from invoice v where v.clinic_id = clinic and v.id = document_of_visit(clinic, visit) $function$


CREATE OR REPLACE FUNCTION public.carry_patient_rows(p_merge uuid, p_from uuid, p_to uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  place record;
  one jsonb;
begin
  perform set_config('app.merging', 'on', true);
  for place in select *, (select string_agg(format('%L, t.%I', c, c), ', ') from unnest(key_columns) c) as pairs from patient_references() loop
    for one in execute format('select jsonb_build_object(%s) from %s t where clinic_id = current_clinic() and %I = $1', place.pairs, place.table_name, place.column_name) using p_from loop
      begin
        execute format('update %s t set %I = $1 where clinic_id = current_clinic() and %I = $2 and jsonb_build_object(%s) = $3', place.table_name, place.column_name, place.column_name, place.pairs) using p_to, p_from, one;
        insert into patient_merge_row values (current_clinic(), p_merge, place.table_name::text, place.column_name, one);
      exception when unique_violation or check_violation or exclusion_violation then null;
      end;
    end loop;
  end loop;
  perform set_config('app.merging', '', true);
end $function$


CREATE OR REPLACE FUNCTION public.cheque_debt(clinic uuid, voucher uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce((select greatest(unpaid_of_cheque(clinic, voucher) - greatest(
      coalesce((select sum(k.total_agorot - settled_of(clinic, k.id)) from invoice k where k.clinic_id = clinic and k.based_on_id = t.id and k.kind = '330'), 0)
      - coalesce((select sum(unpaid_of_cheque(clinic, o.id)) from invoice o where o.clinic_id = clinic and o.patient_id = v.patient_id and o.kind = '410' and o.cheque_id is not null
        and o.number < v.number and taxed_by(clinic, o.id) = t.id), 0), 0), 0)
    from invoice v, taxed_by(clinic, voucher) t (id) where v.clinic_id = clinic and v.id = voucher and t.id is not null), 0)::bigint $function$


CREATE OR REPLACE FUNCTION public.closed_until(clinic uuid)
 RETURNS date
 LANGUAGE sql
 STABLE
AS $function$
  select (max(m.month) + interval '1 month' - interval '1 day')::date from month_closing m where m.clinic_id = clinic and m.reopened_at is null $function$


CREATE OR REPLACE FUNCTION public.count_patient_rows(p_patient uuid)
 RETURNS TABLE(table_name text, rows bigint)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare place record;
begin
  for place in select r.table_name as named, r.column_name from patient_references() r loop
    if has_table_privilege(place.named, 'select') then
      return query execute format('select %L::text, count(*) from %s where clinic_id = current_clinic() and %I = $1 having count(*) > 0', place.named::text, place.named, place.column_name) using p_patient;
    end if;
  end loop;
end $function$


CREATE OR REPLACE FUNCTION public.credit_used_within()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  credit record;
begin
  select id, based_on_id, total_agorot into credit from invoice where clinic_id = new.clinic_id and id = new.credit_id and kind = '330';
  if not found then raise exception 'not a credit note' using errcode = 'check_violation', constraint = 'deducted_of_its_kind'; end if;
  perform from invoice where clinic_id = new.clinic_id and id = credit.based_on_id for update;
  if new.total_agorot > least(credit.total_agorot - settled_of(new.clinic_id, credit.id), paid_for(new.clinic_id, credit.based_on_id) - went_from(new.clinic_id, credit.based_on_id)) then
    raise exception 'more is used than there is' using errcode = 'check_violation', constraint = 'deducted_within';
  end if;
  return new;
end $function$


CREATE OR REPLACE FUNCTION public.credited_of_request(clinic uuid, request uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  with taxed as (
    select f.id from invoice f where f.clinic_id = clinic and f.based_on_id = request and f.kind in ('305', '320')
    union select t.id from invoice r join invoice t on t.clinic_id = r.clinic_id and t.based_on_id = r.id and t.kind = '305' where r.clinic_id = clinic and r.based_on_id = request and r.kind = '400')
  select (coalesce((select sum(k.total_agorot) from invoice k join taxed on taxed.id = k.based_on_id where k.clinic_id = clinic and k.kind = '330'), 0)
    - coalesce((select sum(n.total_agorot) from invoice n where n.clinic_id = clinic and n.instead_of_id = request and n.based_on_id <> request), 0))::bigint $function$


CREATE OR REPLACE FUNCTION public.current_clinic()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('app.clinic'::text, true), ''::text))::uuid


CREATE OR REPLACE FUNCTION public.day_at(clinic uuid, branch uuid, at timestamp with time zone)
 RETURNS date
 LANGUAGE sql
 STABLE
AS $function$
  select (at at time zone b.time_zone)::date from branch b where b.clinic_id = clinic and b.id = branch $function$


CREATE OR REPLACE FUNCTION public.discount_kept(gross bigint, basis_points integer, agorot bigint, of_agorot bigint)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when basis_points is not null then round(least(gross, of_agorot) * basis_points / 10000.0)::bigint -- an unknown price bounds nothing
    when agorot is null then 0 else least(agorot, agorot * gross / coalesce(of_agorot, agorot)) end $function$


CREATE OR REPLACE FUNCTION public.document_of_part(clinic uuid, visit uuid, organisation uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select v.id from invoice v left join invoice w on w.clinic_id = v.clinic_id and w.id = v.instead_of_id
  where v.clinic_id = clinic and v.appointment_id = visit and v.organisation_id = organisation and v.payer_part
    and (v.based_on_id is null or (w.organisation_id = organisation and w.payer_part)) order by v.number desc limit 1 $function$


CREATE OR REPLACE FUNCTION public.document_of_visit(clinic uuid, visit uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select v.id from invoice v where v.clinic_id = clinic and v.appointment_id = visit and not v.advance and not v.payer_part
    and (v.kind = '300' or (v.based_on_id is null and v.kind in ('305', '320'))) order by v.based_on_id is null, v.number desc limit 1 $function$


CREATE OR REPLACE FUNCTION public.first_request(clinic uuid, document uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  with recursive up as (
    select v.id, v.kind, v.based_on_id, 0 as step from invoice v where v.clinic_id = clinic and v.id = document
    union all select b.id, b.kind, b.based_on_id, up.step + 1 from up join invoice b on b.clinic_id = clinic and b.id = up.based_on_id where up.kind <> '300' or b.kind = '300')
  select id from up order by step desc limit 1 $function$


CREATE OR REPLACE FUNCTION public.follow_merge()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  asked uuid;
  target uuid;
begin
  execute format('select ($1).%I', tg_argv[0]) into asked using new;
  loop
    exit when asked is null;
    select merged_into into target from patient where clinic_id = new.clinic_id and id = asked for key share;
    exit when target is null;
    new := jsonb_populate_record(new, jsonb_build_object(tg_argv[0], target));
    asked := target;
  end loop;
  return new;
end $function$


CREATE OR REPLACE PROCEDURE public.follow_merges(IN name regclass)
 LANGUAGE plpgsql
AS $procedure$
declare one record;
begin
  for one in select column_name from patient_references() r where r.table_name = name loop
    execute format('create or replace trigger %I before insert or update of %I on %s for each row execute function follow_merge(%L)', 'follow_merge_' || one.column_name, one.column_name, name, one.column_name);
  end loop;
end $procedure$


CREATE OR REPLACE FUNCTION public.index_patient(p_patient uuid, p_given text, p_family text, p_given_latin text, p_family_latin text, p_phones text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select index_patient(p_patient, p_given, p_family, p_given_latin, p_family_latin, p_phones, null::text[])
$function$


CREATE OR REPLACE FUNCTION public.index_patient(p_patient uuid, p_given text, p_family text, p_given_latin text, p_family_latin text, p_phones text, p_sounds text[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  insert into patient_search (clinic_id, patient_id, family_given, given_family, latin_family_given, latin_given_family, phones, sounds)
  values (current_clinic(), p_patient, btrim(p_family || ' ' || p_given), btrim(p_given || ' ' || p_family),
    btrim(p_family_latin || ' ' || p_given_latin), btrim(p_given_latin || ' ' || p_family_latin), p_phones, p_sounds)
  on conflict (clinic_id, patient_id) do update set
    family_given = excluded.family_given, given_family = excluded.given_family, latin_family_given = excluded.latin_family_given,
    latin_given_family = excluded.latin_given_family, phones = excluded.phones, sounds = excluded.sounds
$function$


CREATE OR REPLACE FUNCTION public.is_answering_offer()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (current_setting('app.purpose'::text, true) = 'offer'::text)


CREATE OR REPLACE FUNCTION public.is_answering_visit()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (current_setting('app.purpose'::text, true) = 'visit'::text)


CREATE OR REPLACE FUNCTION public.is_counting_late()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (current_setting('app.purpose'::text, true) = 'late'::text)


CREATE OR REPLACE FUNCTION public.is_filling_form()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (current_setting('app.purpose'::text, true) = 'form'::text)


CREATE OR REPLACE FUNCTION public.is_reading_feed()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (current_setting('app.purpose'::text, true) = 'feed'::text)


CREATE OR REPLACE FUNCTION public.is_showing_screen()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (current_setting('app.purpose'::text, true) = 'screen'::text)


CREATE OR REPLACE FUNCTION public.is_signing_in()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (current_setting('app.purpose'::text, true) = 'sign_in'::text)


CREATE OR REPLACE FUNCTION public.is_taking_callback()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (current_setting('app.purpose'::text, true) = 'callback'::text)


CREATE OR REPLACE FUNCTION public.keep_accounting_payload()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.payload is not null and new.payload is distinct from old.payload and old.state <> 'refused' then
    raise exception 'append_only: an entry that was sent does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$


CREATE OR REPLACE FUNCTION public.keep_attachment_bytes()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if (new.storage_key, new.content_hash, new.byte_size, new.media_type, new.filed_by, new.filed_at) is distinct from (old.storage_key, old.content_hash, old.byte_size, old.media_type, old.filed_by, old.filed_at) then
    raise exception 'append_only: the bytes of an attachment are never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$


CREATE OR REPLACE FUNCTION public.keep_contact()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if (new.branch_id, new.caller_name, new.caller_phone, new.task_id, new.written_by, new.written_at) is distinct from (old.branch_id, old.caller_name, old.caller_phone, old.task_id, old.written_by, old.written_at) then
    raise exception 'append_only: of a contact only its words and way are corrected' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$


CREATE OR REPLACE FUNCTION public.keep_offered_plan()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from treatment_plan p where p.clinic_id = old.clinic_id and p.id = old.plan_id and p.status <> 'draft') then
    raise exception 'append_only: what was offered is never changed, only written anew' using errcode = 'restrict_violation';
  end if;
  return old;
end $function$


CREATE OR REPLACE FUNCTION public.keep_signed_form()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.status = 'signed' and not only_carried_over(to_jsonb(old), to_jsonb(new)) then
    raise exception 'append_only: a signed form is never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$


CREATE OR REPLACE FUNCTION public.look_at_request(clinic uuid, request uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from invoice v where v.clinic_id = clinic and v.id = request
      and ((v.kind = '300' and v.total_agorot > received_on(v.clinic_id, v.id)) or (v.kind = '410' and v.cheque_id is not null)))
    and not exists (select from debt_write_off w where w.clinic_id = clinic and w.invoice_id = request and w.ended_at is null) then
    insert into open_request values (clinic, request) on conflict do nothing;
  else
    delete from open_request q where q.clinic_id = clinic and q.invoice_id = request;
  end if;
end $function$


CREATE OR REPLACE FUNCTION public.look_at_request_of_document()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.kind = '300' or (new.kind = '410' and new.cheque_id is not null) then perform look_at_request(new.clinic_id, new.id); end if;
  if new.based_on_id is not null then perform look_at_request(new.clinic_id, new.based_on_id); end if;
  if new.kind = '410' and new.cheque_id is not null then
    perform look_at_request(r.clinic_id, r.based_on_id) from invoice r where r.clinic_id = new.clinic_id and r.id = new.based_on_id and r.based_on_id is not null;
  end if;
  return null;
end $function$


CREATE OR REPLACE FUNCTION public.look_at_request_of_use()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform look_at_request(new.clinic_id, new.request_id);
  return null;
end $function$


CREATE OR REPLACE FUNCTION public.look_at_request_of_write_off()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform look_at_request(new.clinic_id, new.invoice_id);
  return null;
end $function$


CREATE OR REPLACE FUNCTION public.message_phones(p_clinic uuid, p_patient uuid, p_on date, p_channel text DEFAULT 'sms'::text)
 RETURNS text[]
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select case when own.numbers <> '{}' then array(select n from unnest(own.numbers) with ordinality as t(n, place)
      where not exists (select from dead_address d where d.clinic_id = p_clinic and d.channel = p_channel and d.address = n) order by place)
    else coalesce((
    select array_agg(n.number order by g.place, n.rank, n.id) from (
      select case when r.kind = 'guardian' then 0 else 1 end as place, r.related_id as guardian from patient_relation r
        where r.clinic_id = p_clinic and r.patient_id = p_patient and r.kind in ('guardian', 'parent') and 'appointments' = any (r.told)
      union all
      select 1, r.patient_id from patient_relation r where r.clinic_id = p_clinic and r.related_id = p_patient and r.kind = 'child' and 'appointments' = any (r.tells)
    ) g join patient_phone n on n.clinic_id = p_clinic and n.patient_id = g.guardian
        and not exists (select from dead_address d where d.clinic_id = p_clinic and d.channel = p_channel and d.address = n.number)
      join patient p on p.clinic_id = p_clinic and p.id = p_patient and p.birth_date > p_on - interval '18 years'), '{}') end
  from (select array(select number from patient_phone where clinic_id = p_clinic and patient_id = p_patient order by rank, id) as numbers) own
$function$


CREATE OR REPLACE FUNCTION public.money_of(clinic uuid, paid uuid)
 RETURNS bigint
 LANGUAGE plpgsql
 STABLE
AS $function$
declare
  voucher uuid := voucher_of(clinic, paid);
begin
  if voucher is null then return (select amount_agorot from payment where clinic_id = clinic and id = paid); end if;
  return coalesce((select sum(money_of(p.clinic_id, p.id)) from invoice r join payment p on p.clinic_id = r.clinic_id and p.invoice_id = r.id
    where r.clinic_id = clinic and r.based_on_id = voucher and r.kind = '400'), 0);
end $function$


CREATE OR REPLACE FUNCTION public.month_of_cash_closing()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin perform refuse_closed_day(new.clinic_id, new.day); return new; end $function$


CREATE OR REPLACE FUNCTION public.month_of_cheque_step()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin perform refuse_closed_day(new.clinic_id, new.moved_on); return new; end $function$


CREATE OR REPLACE FUNCTION public.month_of_deduction()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform refuse_closed_day(new.clinic_id, day_at(new.clinic_id, (select v.branch_id from invoice v where v.clinic_id = new.clinic_id and v.id = new.request_id), new.used_at));
  return new;
end $function$


CREATE OR REPLACE FUNCTION public.month_of_deposit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin perform refuse_closed_day(new.clinic_id, new.deposited_on); return new; end $function$


CREATE OR REPLACE FUNCTION public.month_of_document()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin perform refuse_closed_day(new.clinic_id, new.issued_on); return new; end $function$


CREATE OR REPLACE FUNCTION public.month_of_laboratory_cost()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' then
    perform refuse_closed_day(old.clinic_id, old.day);
    return old;
  end if;
  perform refuse_closed_day(new.clinic_id, new.day);
  return new;
end $function$


CREATE OR REPLACE FUNCTION public.month_of_payment()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform refuse_closed_day(new.clinic_id, day_at(new.clinic_id, coalesce(new.branch_id, (select a.branch_id from appointment a where a.clinic_id = new.clinic_id and a.id = new.appointment_id),
    (select v.branch_id from invoice v where v.clinic_id = new.clinic_id and v.id = new.invoice_id)), new.received_at));
  return new;
end $function$


CREATE OR REPLACE FUNCTION public.month_of_procedure()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  done procedure_done;
begin
  if tg_op = 'DELETE' then done := old; else done := new; end if;
  perform refuse_closed_day(e.clinic_id, day_at(e.clinic_id, coalesce(a.branch_id, e.branch_id), coalesce(a.starts_at, e.started_at)))
    from encounter e left join appointment a on a.clinic_id = e.clinic_id and a.id = e.appointment_id where e.clinic_id = done.clinic_id and e.id = done.encounter_id;
  return done;
end $function$


CREATE OR REPLACE FUNCTION public.month_of_refund()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin perform refuse_closed_day(new.clinic_id, day_at(new.clinic_id, new.branch_id, new.given_at)); return new; end $function$


CREATE OR REPLACE FUNCTION public.month_of_share_rule()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' then
    perform refuse_closed_day(old.clinic_id, old.valid_from);
    return old;
  end if;
  perform refuse_closed_day(new.clinic_id, new.valid_from);
  return new;
end $function$


CREATE OR REPLACE FUNCTION public.month_of_visit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and old.status = 'completed' then perform refuse_closed_day(old.clinic_id, day_at(old.clinic_id, old.branch_id, old.starts_at)); end if;
  if new.status = 'completed' then perform refuse_closed_day(new.clinic_id, day_at(new.clinic_id, new.branch_id, new.starts_at)); end if;
  return new;
end $function$


CREATE OR REPLACE FUNCTION public.month_of_visit_discount()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  given visit_discount;
begin
  if tg_op = 'DELETE' then given := old; else given := new; end if;
  perform refuse_closed_day(a.clinic_id, day_at(a.clinic_id, a.branch_id, a.starts_at)) from appointment a where a.clinic_id = given.clinic_id and a.id = given.appointment_id;
  return given;
end $function$


CREATE OR REPLACE FUNCTION public.need_candidates(of_clinic uuid, of_type uuid, in_branch uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
AS $function$
  select r.id from visit_type_need n join resource r on r.clinic_id = n.clinic_id and r.kind = n.kind and r.active
  where n.clinic_id = of_clinic and n.visit_type_id = of_type
    and (r.branch_id = in_branch or (r.kind = 'practitioner'
      and exists (select from working_hours h where h.clinic_id = r.clinic_id and h.resource_id = r.id and h.branch_id = in_branch)))
    and (case when exists (select from visit_type_need_resource l where l.clinic_id = n.clinic_id and l.visit_type_id = n.visit_type_id and l.seq = n.seq)
      then exists (select from visit_type_need_resource l where l.clinic_id = n.clinic_id and l.visit_type_id = n.visit_type_id and l.seq = n.seq and l.resource_id = r.id)
      else n.profession is null or exists (select from practitioner p where p.clinic_id = r.clinic_id and p.id = r.id and p.profession = n.profession) end)
$function$


CREATE OR REPLACE FUNCTION public.no_tax_for_gone()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform from invoice where clinic_id = new.clinic_id and id = new.based_on_id for update;
  if voucher_of(new.clinic_id, new.cheque_id) is not null then
    raise exception 'the cheque is gone' using errcode = 'check_violation', constraint = 'cheque_gone_untaxed';
  end if;
  return new;
end $function$


CREATE OR REPLACE FUNCTION public.only_carried_over(before jsonb, after jsonb)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select current_setting('app.merging', true) = 'on' and current_user = (select pg_get_userbyid(relowner) from pg_class where oid = 'patient'::regclass)
    and before - 'patient_id' = after - 'patient_id'
$function$


CREATE OR REPLACE FUNCTION public.only_first_original()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if only_carried_over(to_jsonb(old), to_jsonb(new)) then return new; end if;
  if old.original_made_at is null and new.original_made_at is not null
     and to_jsonb(new) - 'original_made_at' = to_jsonb(old) - 'original_made_at' then return new; end if;
  raise exception 'append_only: an issued document is never changed' using errcode = 'restrict_violation';
end $function$


CREATE OR REPLACE FUNCTION public.only_receipted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if only_carried_over(to_jsonb(old), to_jsonb(new)) then return new; end if;
  if old.invoice_id is null and new.invoice_id is not null
     and to_jsonb(new) - 'invoice_id' = to_jsonb(old) - 'invoice_id' then return new; end if;
  raise exception 'append_only: a payment is never changed' using errcode = 'restrict_violation';
end $function$


CREATE OR REPLACE FUNCTION public.only_reopened()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.reopened_at is null and new.reopened_at is not null
     and to_jsonb(new) - array['reopened_at', 'reopened_by', 'reopen_reason'] = to_jsonb(old) - array['reopened_at', 'reopened_by', 'reopen_reason'] then return new; end if;
  raise exception 'append_only: a closing is never changed, only reopened' using errcode = 'restrict_violation';
end $function$


CREATE OR REPLACE FUNCTION public.paid_for(clinic uuid, document uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select (coalesce((select sum(money_of(p.clinic_id, p.id)) from payment p where p.clinic_id = o.clinic_id and (p.invoice_id = o.id or p.id = o.cheque_id)), 0)
    + case when o.credit_id is null then 0 else o.total_agorot end)::bigint
  from invoice o where o.clinic_id = clinic and o.id = document $function$


CREATE OR REPLACE FUNCTION public.patient_references()
 RETURNS TABLE(table_name regclass, column_name text, key_columns text[])
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select k.conrelid::regclass, a.attname::text, array(
      select p.attname::text from pg_index i join pg_attribute p on p.attrelid = i.indrelid and p.attnum = any (i.indkey)
      where i.indrelid = k.conrelid and i.indisprimary and p.attname not in ('clinic_id', a.attname) order by p.attname)
  from pg_constraint k
    cross join lateral unnest(k.conkey, k.confkey) as pair(here, there)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.here
    join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.there and b.attname = 'id'
  where k.contype = 'f' and k.confrelid = 'patient'::regclass
    and k.conrelid not in ('patient'::regclass, 'patient_phone'::regclass, 'patient_search'::regclass, 'patient_merge'::regclass)
  order by 1, 2
$function$


CREATE OR REPLACE FUNCTION public.patients_sounding(p_sounds text[], p_limit integer)
 RETURNS TABLE(patient_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select s.patient_id from patient_search s where s.clinic_id = current_clinic() and s.sounds && p_sounds order by s.patient_id desc limit p_limit
$function$


CREATE OR REPLACE FUNCTION public.patients_without_sound(p_limit integer)
 RETURNS TABLE(patient_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select s.patient_id from patient_search s where s.clinic_id = current_clinic() and s.sounds is null order by s.patient_id limit p_limit
$function$


CREATE OR REPLACE FUNCTION public.reassigned_within()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  left_of bigint;
begin
  perform from invoice where clinic_id = new.clinic_id and id = new.instead_of_id and kind = '300' for update;
  if not found then raise exception 'only what a transaction invoice asked for is asked of another' using errcode = 'check_violation', constraint = 'reassigned_within'; end if;
  select case when new.based_on_id = b.id then b.total_agorot - received_on(b.clinic_id, b.id) else credited_of_request(b.clinic_id, b.id) end into left_of
    from invoice b where b.clinic_id = new.clinic_id and b.id = new.instead_of_id;
  -- A part that was credited whole is billed anew to the same organisation, as large as it is now.
  if left_of >= (select b.total_agorot from invoice b where b.clinic_id = new.clinic_id and b.id = new.instead_of_id and b.organisation_id = new.organisation_id) then return new; end if;
  if new.total_agorot > left_of then raise exception 'more is asked than is left' using errcode = 'check_violation', constraint = 'reassigned_within'; end if;
  return new;
end $function$


CREATE OR REPLACE FUNCTION public.received_on(clinic uuid, request uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select (coalesce((select sum(s.total_agorot - case when s.kind = '400' then untaxed_gone(clinic, s.id) else 0 end) from invoice s
      where s.clinic_id = clinic and s.based_on_id = request and (s.kind in ('305', '320', '400') or (s.kind = '300' and s.payer_part))), 0)
    + coalesce((select sum(u.amount_agorot) from advance_use u where u.clinic_id = clinic and u.request_id = request), 0))::bigint $function$


CREATE OR REPLACE FUNCTION public.record_ids(p_patient uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with recursive whole(id) as (select p_patient union select p.id from patient p join whole w on p.merged_into = w.id and p.clinic_id = current_clinic())
  select id from whole
$function$


CREATE OR REPLACE FUNCTION public.refund_within_paid()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  base uuid;
begin
  select o.id into base from invoice v join invoice c on c.clinic_id = v.clinic_id and c.id = v.based_on_id join invoice o on o.clinic_id = c.clinic_id and o.id = c.based_on_id
    where v.clinic_id = new.clinic_id and v.id = new.invoice_id and v.kind = '410';
  if not found then raise exception 'a refund stands on a voucher' using errcode = 'check_violation', constraint = 'taken_back_of_its_kind'; end if;
  perform from invoice where clinic_id = new.clinic_id and id = base for update;
  if went_from(new.clinic_id, base) > paid_for(new.clinic_id, base) then
    raise exception 'more is given back than was paid' using errcode = 'check_violation', constraint = 'refund_within_paid';
  end if;
  return null;
end $function$


CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and only_carried_over(to_jsonb(old), to_jsonb(new)) then return new; end if;
  raise exception 'append_only: % rows are never changed or deleted', tg_table_name using errcode = 'restrict_violation';
end $function$


CREATE OR REPLACE FUNCTION public.refuse_closed_day(clinic uuid, day date)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('months of ' || clinic::text, 0));
  if day <= closed_until(clinic) then
    raise exception '% is closed', to_char(day, 'MM/YYYY') using errcode = 'restrict_violation', constraint = 'month_closed', detail = to_char(day, 'MM/YYYY');
  end if;
end $function$


CREATE OR REPLACE FUNCTION public.return_patient_rows(p_merge uuid, p_from uuid, p_to uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare place record;
begin
  perform set_config('app.merging', 'on', true);
  for place in select *, (select string_agg(format('%L, t.%I', c, c), ', ') from unnest(key_columns) c) as pairs from patient_references() loop
    execute format('update %s t set %I = $1 from patient_merge_row r where t.clinic_id = current_clinic() and t.%I = $2
        and r.clinic_id = t.clinic_id and r.merge_id = $3 and r.table_name = %L and r.column_name = %L and r.row_key = jsonb_build_object(%s)',
      place.table_name, place.column_name, place.column_name, place.table_name::text, place.column_name, place.pairs) using p_to, p_from, p_merge;
  end loop;
  perform set_config('app.merging', '', true);
end $function$


CREATE OR REPLACE PROCEDURE public.scope_table(IN name regclass, IN api_grants text, IN worker_grants text)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format('create policy clinic_scope on %s using (clinic_id = current_clinic()) with check (clinic_id = current_clinic())', name);
  if api_grants <> '' then execute format('grant %s on %s to yoman_api', api_grants, name); end if;
  if worker_grants <> '' then execute format('grant %s on %s to yoman_worker', worker_grants, name); end if;
  call follow_merges(name);
end $procedure$


CREATE OR REPLACE FUNCTION public.search_patients(p_name text, p_digits text, p_limit integer)
 RETURNS TABLE(patient_id uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare found_some boolean := false;
begin
  if p_name <> '' then
    return query
      select s.patient_id from (
        (select a.patient_id, a.family_given as k from patient_search a where a.clinic_id = current_clinic()
          and a.family_given >= p_name and a.family_given < p_name || chr(1114111) order by a.family_given, a.patient_id limit p_limit)
        union
        (select b.patient_id, b.given_family from patient_search b where b.clinic_id = current_clinic()
          and b.given_family >= p_name and b.given_family < p_name || chr(1114111) order by b.given_family, b.patient_id limit p_limit)
        union
        (select c.patient_id, c.latin_family_given from patient_search c where c.clinic_id = current_clinic() and c.latin_family_given <> ''
          and c.latin_family_given >= p_name and c.latin_family_given < p_name || chr(1114111) order by c.latin_family_given, c.patient_id limit p_limit)
        union
        (select d.patient_id, d.latin_given_family from patient_search d where d.clinic_id = current_clinic() and d.latin_given_family <> ''
          and d.latin_given_family >= p_name and d.latin_given_family < p_name || chr(1114111) order by d.latin_given_family, d.patient_id limit p_limit)
      ) s group by s.patient_id order by min(s.k), s.patient_id limit p_limit;
    found_some := found;
    if not found_some and length(p_name) >= 3 then
      return query select e.patient_id from patient_search e where e.clinic_id = current_clinic()
        and e.family_given like '%' || replace(replace(replace(p_name, '\', '\\'), '%', '\%'), '_', '\_') || '%'
        order by e.family_given, e.patient_id limit p_limit;
    end if;
  end if;
  if length(p_digits) >= 3 then
    return query select f.patient_id from patient_search f where f.clinic_id = current_clinic()
      and f.phones like '%' || p_digits || '%' order by f.family_given, f.patient_id limit p_limit;
  end if;
end $function$


CREATE OR REPLACE FUNCTION public.settled_of(clinic uuid, credit uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(sum(b.total_agorot), 0)::bigint from invoice b where b.clinic_id = clinic and ((b.based_on_id = credit and b.kind = '410') or b.credit_id = credit) $function$


CREATE OR REPLACE FUNCTION public.sms_parts(body text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  with counted as (
    select body ~ '^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&''()*+,./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\[~\]|€\\-]*$' as plain,
      length(body) + length(regexp_replace(body, '[^\^{}\[~\]|€\\]', '', 'g')) as septets,
      length(body) + length(regexp_replace(body, '[^\U00010000-\U0010FFFF]', '', 'g')) as units)
  select greatest(1, case when plain then case when septets <= 160 then 1 else ceil(septets / 153.0) end else case when units <= 70 then 1 else ceil(units / 67.0) end end)::integer from counted
$function$


CREATE OR REPLACE FUNCTION public.sound_patient(p_patient uuid, p_sounds text[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  update patient_search set sounds = p_sounds where clinic_id = current_clinic() and patient_id = p_patient and sounds is null
$function$


CREATE OR REPLACE FUNCTION public.state_of_cheque(clinic uuid, cheque uuid)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce((select m.state from cheque_move m where m.clinic_id = clinic and m.payment_id = cheque
    order by array_position(array['deposited', 'cleared', 'withdrawn', 'returned'], m.state) desc limit 1), 'held') $function$


CREATE OR REPLACE FUNCTION public.taken_back_within()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  base record;
  before bigint;
  vat_before bigint;
begin
  select kind, total_agorot, vat_agorot into base from invoice where clinic_id = new.clinic_id and id = new.based_on_id for update;
  if new.kind = '410' and new.cheque_id is not null then
    if not exists (select from payment p where p.clinic_id = new.clinic_id and p.id = new.cheque_id and p.method = 'cheque' and p.invoice_id = new.based_on_id and p.amount_agorot = new.total_agorot) then
      raise exception 'a cheque goes from the document that receipted it, whole' using errcode = 'check_violation', constraint = 'cheque_gone_whole';
    end if;
    return new;
  end if;
  if not coalesce(case new.kind when '330' then base.kind in ('305', '320') else base.kind = '330' end, false) then
    raise exception 'a % does not take back a %', new.kind, base.kind using errcode = 'check_violation', constraint = 'taken_back_of_its_kind';
  end if;
  select coalesce(sum(total_agorot), 0), coalesce(sum(vat_agorot), 0) into before, vat_before from invoice where clinic_id = new.clinic_id and based_on_id = new.based_on_id and kind = new.kind;
  if new.kind = '410' then before := settled_of(new.clinic_id, new.based_on_id); end if;
  if before + new.total_agorot > base.total_agorot or (new.kind = '330' and vat_before + new.vat_agorot > base.vat_agorot) then
    raise exception 'more is taken back than there is' using errcode = 'check_violation', constraint = case new.kind when '330' then 'credit_within_invoice' else 'refund_within_credit' end;
  end if;
  return new;
end $function$


CREATE OR REPLACE FUNCTION public.taxed_by(clinic uuid, voucher uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  with recursive step as (
    select v.cheque_id, b.id, b.kind, b.based_on_id from invoice v join invoice b on b.clinic_id = v.clinic_id and b.id = v.based_on_id where v.clinic_id = clinic and v.id = voucher
    -- Money that came for an earlier cheque that was gone: what taxed that one taxed it.
    union all select g.cheque_id, b.id, b.kind, b.based_on_id from step join invoice g on g.clinic_id = clinic and g.id = step.based_on_id and g.kind = '410' and step.kind = '400'
      join invoice b on b.clinic_id = g.clinic_id and b.id = g.based_on_id
  ) select coalesce((select t.id from step join invoice t on t.clinic_id = clinic and t.cheque_id = step.cheque_id and t.kind = '305' limit 1), (select step.id from step where step.kind = '320' limit 1)) $function$


CREATE OR REPLACE FUNCTION public.unindex_patient(p_patient uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  delete from patient_search where clinic_id = current_clinic() and patient_id = p_patient
$function$


CREATE OR REPLACE FUNCTION public.unpaid_of_cheque(clinic uuid, voucher uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select greatest(v.total_agorot - coalesce((select sum(r.total_agorot) from invoice r where r.clinic_id = clinic and r.based_on_id = voucher and r.kind = '400'), 0), 0)::bigint
  from invoice v where v.clinic_id = clinic and v.id = voucher $function$


CREATE OR REPLACE FUNCTION public.untaxed_gone(clinic uuid, receipt uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(sum(g.total_agorot), 0)::bigint from invoice g where g.clinic_id = clinic and g.based_on_id = receipt and g.kind = '410' and g.cheque_id is not null and taxed_by(clinic, g.id) is null $function$


CREATE OR REPLACE FUNCTION public.vat_rate_on(day date)
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$
  select r.rate_basis_points from vat_rate r where r.valid_from <= day order by r.valid_from desc limit 1 $function$


CREATE OR REPLACE FUNCTION public.vat_within(gross bigint, basis_points integer)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select round(gross::numeric * basis_points / (10000 + basis_points))::bigint $function$


CREATE OR REPLACE FUNCTION public.voucher_of(clinic uuid, cheque uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select g.id from invoice g where g.clinic_id = clinic and g.cheque_id = cheque and g.kind = '410' $function$


CREATE OR REPLACE FUNCTION public.went_from(clinic uuid, document uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select (coalesce((select sum(r.amount_agorot) from invoice k join invoice b on b.clinic_id = k.clinic_id and b.based_on_id = k.id and b.kind = '410'
      join refund r on r.clinic_id = b.clinic_id and r.invoice_id = b.id where k.clinic_id = clinic and k.based_on_id = document and k.kind = '330'), 0)
    + coalesce((select sum(t.total_agorot) from invoice k join invoice t on t.clinic_id = k.clinic_id and t.credit_id = k.id
      where k.clinic_id = clinic and k.based_on_id = document and k.kind = '330'), 0))::bigint $function$


CREATE OR REPLACE FUNCTION public.zone_of_open_months()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if closed_until(new.clinic_id) is not null then
    raise exception 'months of this zone are closed' using errcode = 'restrict_violation', constraint = 'month_closed', detail = to_char(closed_until(new.clinic_id), 'MM/YYYY');
  end if;
  return new;
end $function$

