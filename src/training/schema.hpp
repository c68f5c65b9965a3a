// What the core knows, for whoever has to know the same.
#pragma once

#include "config/json.hpp"

namespace ziffer::training {

/// Every concept with its settings, as `listed_fields` lists them: {layers: [{class_name, fields}],
/// optimizers, losses, callbacks: [{names, fields}]}.
Json schema();

}  // namespace ziffer::training
