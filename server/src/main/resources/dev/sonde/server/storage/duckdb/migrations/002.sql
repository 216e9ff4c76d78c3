-- Whether a client marked the observation as where its application begins, though something outside called it.
ALTER TABLE obs ADD COLUMN app_root BOOLEAN DEFAULT false;
ALTER TABLE obs_hot ADD COLUMN app_root BOOLEAN DEFAULT false;
