-- A copy for trying out signs with keys of its own, which no check outside of it knows.
UPDATE emulation_signing_key
   SET private_key = NULL, retired_on = COALESCE(retired_on, CURRENT_DATE);
